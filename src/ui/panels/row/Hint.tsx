// SPDX-License-Identifier: GPL-2.0-only
import type { HTMLAttributes } from "react";
import type { StripRow } from "../../scene/objects.ts";

/** What a row answers to, once that has been fetched. */
export type Hands = HTMLAttributes<HTMLDivElement> & { readonly "data-grip"?: string | undefined };

/** What the list of row `row` says as long as nobody is in it: then no object of it is there to be read. */
export const Hint = ({ row }: { row: StripRow["row"] }) => (
  <div role="option" aria-selected="false" tabIndex={-1} className="spoken">
    The arrow keys go through them{row === "pages" ? ", Enter opens the life of one" : ""}.
  </div>
);
