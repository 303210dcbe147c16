// SPDX-License-Identifier: GPL-2.0-only
// A log of 50 MB: how long it takes to read, and whether the page answers meanwhile.
import { newStraceReader } from "../src/engine/index.ts";
import { onPage } from "./page.ts";

const BYTES = 50_000_000;

/** Memory of 64 MiB as a file, then one-page holes all over it, a line of 97 bytes each. */
const HEAD =
  '21380 08:02:32.964252 memfd_create("memory-backend-memfd", MFD_CLOEXEC) = 8\n' +
  "21380 08:02:32.964416 ftruncate(8, 67108864) = 0\n";
const LINES = Array.from(
  { length: 10_000 },
  (_, k) =>
    `21384 08:02:${String(33 + Math.floor(k / 1000)).padStart(2, "0")}.${String(k).padStart(6, "0")} ` +
    `fallocate(8, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, ${(k % 16_000) * 4096}, 4096) = 0\n`,
).join("");
const PIECES = Math.ceil(BYTES / LINES.length);

/** Milliseconds that the reader takes for it. */
export function readingTime(): number {
  const began = performance.now();
  const reader = newStraceReader();
  reader.push(HEAD);
  for (let k = 0; k < PIECES; k++) reader.push(LINES);
  const { summary } = reader.finish();
  if (summary.punches !== PIECES * 10_000) throw new Error(`${summary.punches} punches were read`);
  return performance.now() - began;
}

/** Milliseconds that the page is silent at the longest, from the drop of the log until it is shown. */
export const longestSilence = (): Promise<number> =>
  onPage(async (page) => {
    await page.waitForFunction(() => document.querySelector("main")?.dataset.scenario === "t-a-12");
    // What the reader of logs is made of has been fetched before.
    await page.getByRole("button", { name: "Your VM" }).click();
    await page.getByRole("button", { name: "Choose files" }).waitFor();
    return page.evaluate(
      async ({ head, lines, pieces }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([head, ...Array(pieces).fill(lines)], "large.strace"));
        const dropped = new DragEvent("drop", { dataTransfer: transfer, bubbles: true });
        document.querySelector("main")?.dispatchEvent(dropped);
        let last = performance.now();
        let longest = 0;
        const channel = new MessageChannel();
        await new Promise<void>((done) => {
          channel.port1.onmessage = () => {
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
            if (document.querySelector("main")?.dataset.scenario === "large.strace") done();
            else channel.port2.postMessage(null);
          };
          channel.port2.postMessage(null);
        });
        return longest;
      },
      { head: HEAD, lines: LINES, pieces: PIECES },
    );
  });
