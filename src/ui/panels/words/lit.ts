// SPDX-License-Identifier: GPL-2.0-only
// A word that is lit: the caption of one design says what it means, as it says what it knows of a lit object.

import type { VariantId } from "../../../engine/index.ts";

const PREFIX = "word:";

/** What is lit while the word called `name` is pointed at in the design `variant`. */
export const litWord = (variant: VariantId, name: string): string => `${PREFIX}${variant}/${name}`;

/** Whether what is lit is a word. */
export const isWord = (lit: string | null): boolean => lit?.startsWith(PREFIX) ?? false;

/** The name of the word that is lit in `variant`; null where none is. */
export const wordIn = (lit: string | null, variant: VariantId): string | null =>
  lit?.startsWith(litWord(variant, "")) ? lit.slice(litWord(variant, "").length) : null;
