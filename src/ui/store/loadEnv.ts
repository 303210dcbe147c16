// SPDX-License-Identifier: GPL-2.0-only

/** What loading needs of the page around it. */
export interface LoadEnv {
  /** A file that lies beside the page, by its path from there. Rejects where it cannot be had. */
  fetchBlob(path: string): Promise<Blob>;
  /** Lets the page paint and answer before work goes on. */
  pause(): Promise<void>;
}
