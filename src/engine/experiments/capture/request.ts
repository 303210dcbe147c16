// SPDX-License-Identifier: GPL-2.0-only
// The requests of ioctl that speak of guest memory, by name: strace prints a number where it was told to, and the parts
// of the number where it does not know the request.

import { withoutComments } from "./values.ts";

const NUMBERS: ReadonlyMap<number, string> = new Map([
  [0xae01, "KVM_CREATE_VM"],
  [0x4020ae46, "KVM_SET_USER_MEMORY_REGION"],
  [0x40a0ae49, "KVM_SET_USER_MEMORY_REGION2"],
]);

/** A request's name, also where strace knew only its number or its parts: direction, type, number and size. */
export function requestOf(printed: string): string {
  if (printed.startsWith("KVM_")) return printed;
  const text = withoutComments(printed);
  const parts = /^_IOC\((\w+(?:\|\w+)?), (0x[0-9a-f]{1,2}), (0x[0-9a-f]{1,2}|0), (0x[0-9a-f]{1,4}|0)\)$/.exec(
    text,
  );
  if (parts === null) return NUMBERS.get(Number(text)) ?? text;
  const direction = parts[1]!.split("|").reduce((sum, name) => sum + (IOC_DIRECTIONS.get(name) ?? 0), 0);
  const [type, number, size] = parts.slice(2).map(Number) as [number, number, number];
  return NUMBERS.get(direction * 2 ** 30 + size * 2 ** 16 + type * 2 ** 8 + number) ?? text;
}

const IOC_DIRECTIONS: ReadonlyMap<string, number> = new Map([
  ["_IOC_WRITE", 1],
  ["_IOC_READ", 2],
]);
