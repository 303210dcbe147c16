// SPDX-License-Identifier: GPL-2.0-only
// Does node_modules hold what package-lock.json asks for? Git keeps no file times, so the contents are compared.

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, dev?: boolean, peer?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {{ platform: string, arch: string }} Machine
 */

/**
 * The first package (its path in the lock) that is missing or another version, or null where all is in place.
 *
 * `installed` is `node_modules/.package-lock.json`: npm writes it last, so an install that was interrupted has
 * none. An optional package counts only where it is made for this machine; those that also name a C library
 * are left to npm.
 *
 * @param {Lock} wanted
 * @param {Lock | null} installed
 * @param {Machine} machine
 */
export function firstMissing(wanted, installed, machine) {
  if (installed === null) return "node_modules";
  for (const [path, locked] of Object.entries(wanted.packages)) {
    if (path === "" || (locked.optional && !madeFor(locked, machine))) continue;
    const present = installed.packages[path];
    if (present?.version !== locked.version || present?.integrity !== locked.integrity) return path;
  }
  return null;
}

/** @param {LockedPackage} locked @param {Machine} machine */
function madeFor(locked, { platform, arch }) {
  if (locked.libc !== undefined) return false;
  // An optional package that names no system is somebody's optional peer; npm may have left it out.
  if (locked.os === undefined && locked.cpu === undefined) return false;
  return (locked.os ?? [platform]).includes(platform) && (locked.cpu ?? [arch]).includes(arch);
}
