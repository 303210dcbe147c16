// SPDX-License-Identifier: GPL-2.0-only
// package-lock.json has to be whole. Where a mirror lacks the binaries of some other system, npm leaves them out
// without a word, and `npm ci` fails for whoever has that system.

interface LockedPackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  /** The address it came from. Ours has none: it would name the mirror of one machine. */
  resolved?: string;
}

export interface Lock {
  /** Keyed by the path of the package, "" for ourselves. */
  packages: Record<string, LockedPackage>;
}

/** `PACKAGE of PATH` for every dependency, optional ones too, that has no entry where Node would look for it. */
export function missingFromLock({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !foldersAbove(path).some((folder) => `${folder}node_modules/${name}` in packages))
      .map((name) => `${name} of ${path || "the project"}`),
  );
}

/** The paths of packages that say which address they came from. */
export const addressesInLock = ({ packages }: Lock): string[] =>
  Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined);

/** The package's own folder first, the project's last; each ends with a slash or is empty. */
function foldersAbove(path: string): string[] {
  const folders = [path === "" ? "" : `${path}/`];
  for (let at = path; at !== ""; ) {
    at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1));
    folders.push(at === "" ? "" : `${at}/`);
  }
  return folders;
}
