// SPDX-License-Identifier: GPL-2.0-only
// All that is needed once somebody points at something, in one piece, fetched when it happens for the first time.

export { factOf } from "../../scene/objectFact.ts";
export { TouchLayer } from "./TouchLayer.tsx";
