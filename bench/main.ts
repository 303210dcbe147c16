// SPDX-License-Identifier: GPL-2.0-only
// `npm run bench`: takes every figure, one after another, and prints the table. Status 1 where one is over its limit.
import { MEASURES } from "./measures.ts";
import { isOver, type Taken, tableOf } from "./table.ts";

const taken: Taken[] = [];
for (const measure of MEASURES) taken.push({ measure, figure: await measure.take() });
console.log(tableOf(taken));
process.exitCode = taken.some(isOver) ? 1 : 0;
