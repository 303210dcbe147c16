// SPDX-License-Identifier: GPL-2.0-only
// A built-in recording: its files are fetched, and read as a viewer's own are.

import type { CaptureSource } from "../../engine/index.ts";
import type { OpenCapture } from "./capture.ts";
import { openCapture } from "./openCapture.ts";

/** Opens the recording of the built-in `name`; `fetchBlob` gets a file that lies beside the page. */
export async function builtInCapture(
  name: string,
  { log, map }: CaptureSource,
  fetchBlob: (path: string) => Promise<Blob>,
): Promise<OpenCapture> {
  const [logBlob, mapBlob] = await Promise.all([fetchBlob(log), fetchBlob(map)]);
  return openCapture(
    {
      type: "read",
      log: { name: fileName(log), blob: logBlob },
      map: { name: fileName(map), blob: mapBlob },
      builtIn: name,
    },
    () => {},
    new AbortController().signal,
  );
}

const fileName = (path: string) => path.slice(path.lastIndexOf("/") + 1);
