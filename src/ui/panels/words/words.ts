// SPDX-License-Identifier: GPL-2.0-only
// All that makes words say what they mean, in one piece.

export { termNamed, termOfLabel } from "../../text/glossary.ts";
export { Sentences } from "./Sentences.tsx";
