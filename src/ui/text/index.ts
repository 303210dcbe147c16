// SPDX-License-Identifier: GPL-2.0-only
// What panels say, by name.

export { breaks, caption, eventTexts, why } from "./caption.ts";
export { findingText, putOffText, stuckText } from "./finding.ts";
export { errnoText } from "./names.ts";
export { countText, listText, numberText, rangeText } from "./number.ts";
export { numberedIn } from "./numbered.ts";
export { describeOperation } from "./operation.ts";
export { sentence } from "./sentence.ts";
export { CONFIDENCE, trapById } from "./traps.ts";
export { storeOf, variantName } from "./variant.ts";
export { shownOperationText, type Where, whereText } from "./whereText.ts";
