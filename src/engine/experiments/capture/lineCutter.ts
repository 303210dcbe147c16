// SPDX-License-Identifier: GPL-2.0-only
// Text that comes in chunks, cut into lines. A chunk may end anywhere, also between \r and \n.

/** Characters of one line; of a longer one nothing is kept. strace writes a few hundred. */
export const LINE_MAX = 4 * 1024 * 1024;

export interface LineCutter {
  push(chunk: string): void;
  /** Hands on the last line, if it came without a line feed. */
  finish(): void;
}

/** Calls `take` with each line, without its line end, and with null for a line that is too long. */
export function newLineCutter(take: (line: string | null) => void): LineCutter {
  // Longer lines are still counted, so that one is told from none; strings that are joined only once cost nothing.
  let held = "";
  let heldLength = 0;

  const hold = (piece: string) => {
    heldLength += piece.length;
    held = heldLength > LINE_MAX ? "" : held + piece;
  };
  const end = () => {
    const line = held.endsWith("\r") ? held.slice(0, -1) : held;
    take(heldLength > LINE_MAX ? null : line);
    held = "";
    heldLength = 0;
  };
  return {
    push(chunk) {
      let start = 0;
      for (let at = chunk.indexOf("\n"); at >= 0; at = chunk.indexOf("\n", start)) {
        hold(chunk.slice(start, at));
        end();
        start = at + 1;
      }
      hold(chunk.slice(start));
    },
    finish() {
      if (heldLength > 0) end();
    },
  };
}
