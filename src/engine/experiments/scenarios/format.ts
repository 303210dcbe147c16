// SPDX-License-Identifier: GPL-2.0-only

/** What a scenario file names itself. Apart from the schema, so that scenarios in code do without a schema library. */
export const FORMAT = "restricted-memory-lab/1";
