// SPDX-License-Identifier: GPL-2.0-only
// `npm start`: builds the page, then serves it.
import { build } from "vite";
import { ROOT } from "./root.mjs";
import { serve, USUAL_PORT } from "./serve.mjs";

console.log("Building the page.");
await build({ root: ROOT, logLevel: "warn" });
await serve(USUAL_PORT);
