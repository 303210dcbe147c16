// SPDX-License-Identifier: GPL-2.0-only
// A file that guest memory lies in, or may lie in: a memfd, or one that was opened by its path.
//
// A file opened by path is one among many, disk images and logs, until it is mapped shared and writable. The lines that
// made it count as not ours until then.

export interface CapturedFile {
  /** Its place among the files that hold guest memory; null while nothing shows that it does. */
  index: number | null;
  readonly kind: "memfd" | "byPath";
  /** Its path as -y shows it or as it was opened; null while no line has told one. */
  path: string | null;
  /** MFD_HUGETLB: its pages are larger than a scenario's. */
  readonly hugetlb: boolean;
  /** The largest size that ftruncate(2) gave it; null where the log has none. */
  truncated: bigint | null;
  /** The end of what was mapped of it; of a memfd also of what was punched and allocated. */
  reach: bigint;
  /** Lines that made it, while they count as not ours. */
  linesBefore: number;
}

/** The files of a log. */
export interface Files {
  /** Those that hold guest memory, in the order in which that became known. */
  readonly files: CapturedFile[];
  /** Those opened by path, guest memory or not, by the absolute path under which they were opened last. */
  readonly byPath: Map<string, CapturedFile>;
  /** Lines that counted as not ours until their file turned out to hold guest memory. */
  linesRecalled: number;
}

const newFile = (kind: CapturedFile["kind"], path: string | null, hugetlb: boolean): CapturedFile => ({
  index: null,
  kind,
  path,
  hugetlb,
  truncated: null,
  reach: 0n,
  linesBefore: 0,
});

/** A memfd holds guest memory, whether or not the log shows where it is mapped. */
export function addMemfd(all: Files, path: string | null, hugetlb: boolean): CapturedFile {
  const file = newFile("memfd", path, hugetlb);
  holdsGuestMemory(all, file);
  return file;
}

/** A file opened by path; `path` is null where it is not absolute or would not lead to the same file again. */
export function addByPath(all: Files, path: string | null): CapturedFile {
  const file = newFile("byPath", path, false);
  if (path !== null) all.byPath.set(path, file);
  return file;
}

/** Takes the file among those that hold guest memory, and with it the lines that made it. */
export function holdsGuestMemory(all: Files, file: CapturedFile): void {
  if (file.index !== null) return;
  file.index = all.files.push(file) - 1;
  all.linesRecalled += file.linesBefore;
}

/**
 * Its size. A scenario's files do not shrink: a slot created before a shrink must still find its pages. Where the log
 * does not tell the size of a memfd, it is at least what the calls reached; a file opened by path may have had its size
 * before, and is at least as large as its mapping.
 */
export function sizeOf(file: CapturedFile): bigint {
  const told = file.truncated ?? 0n;
  return sizeIsKnown(file) && file.kind === "memfd" ? told : told > file.reach ? told : file.reach;
}

export const sizeIsKnown = (file: CapturedFile) => file.kind === "byPath" || file.truncated !== null;

/** Notes that the file is at least `end` bytes long. */
export function reaches(file: CapturedFile, end: bigint): void {
  if (end > file.reach) file.reach = end;
}

/** A file's name in the scenario. */
export const fileName = (index: number) => `f${index}`;
