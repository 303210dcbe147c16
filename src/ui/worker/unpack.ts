// SPDX-License-Identifier: GPL-2.0-only
// The text of a file, piece by piece and unpacked if it is gzip, whatever its name.

/** A file that cannot be read. The message is for the viewer. */
export class Unreadable extends Error {
  override name = "Unreadable";
}

/** Most bytes of one file, unpacked: a small archive may hold any number of them. */
export const BYTES_MAX = 256 * 2 ** 20;

/**
 * Pieces of the UTF-8 text of `blob` in order, each with how many bytes of the file have been read by then. What is no
 * text comes as replacement characters.
 *
 * Throws Unreadable for damaged gzip data, for more than BYTES_MAX bytes, and where the file is gone.
 */
export async function* piecesOf(blob: Blob, name: string): AsyncGenerator<{ text: string; read: number }> {
  let read = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      read += chunk.length;
      controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    },
  });
  const isPacked = await isGzip(blob, name);
  const bytes = blob.stream().pipeThrough(counted);
  const unpacked = isPacked ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes;
  const reader = unpacked.getReader();
  const decoder = new TextDecoder();
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new Unreadable(
          isPacked
            ? `The gzip data of ${name} is damaged. Take an undamaged copy, or unpack it first.`
            : `${name} cannot be read any more. Choose it again.`,
        );
      });
      if (done) break;
      total += value.length;
      if (total > BYTES_MAX) {
        throw new Unreadable(
          `${name} holds more than ${BYTES_MAX / 2 ** 20} MiB. Split it, for example by time.`,
        );
      }
      yield { text: decoder.decode(value, { stream: true }), read };
    }
  } finally {
    // Whoever has seen enough leaves the rest where it is.
    await reader.cancel().catch(() => {});
  }
  const rest = decoder.decode();
  if (rest !== "") yield { text: rest, read };
}

async function isGzip(blob: Blob, name: string): Promise<boolean> {
  try {
    const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    return first === 0x1f && second === 0x8b;
  } catch {
    throw new Unreadable(
      `${name} cannot be read. Choose it again; a folder must be opened and its file chosen.`,
    );
  }
}

/** All of the text. Throws Unreadable as above. */
export async function textOf(blob: Blob, name: string): Promise<string> {
  const pieces: string[] = [];
  for await (const { text } of piecesOf(blob, name)) pieces.push(text);
  return pieces.join("");
}
