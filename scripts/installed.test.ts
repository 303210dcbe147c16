// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { firstMissing, type Lock } from "./installed.mjs";

const linux = { platform: "linux", arch: "x64" };
const react = { version: "19.0.0", integrity: "sha512-a" };
const forLinux = { version: "1.0.0", integrity: "sha512-l", optional: true, os: ["linux"], cpu: ["x64"] };
const forMac = { version: "1.0.0", integrity: "sha512-m", optional: true, os: ["darwin"], cpu: ["arm64"] };
const lock = (packages: Lock["packages"]): Lock => ({ packages: { "": {}, ...packages } });
const wanted = lock({ "node_modules/react": react, "node_modules/l": forLinux, "node_modules/m": forMac });

it("nothing is missing once this machine's packages are there, without those of other systems", () => {
  const installed = lock({ "node_modules/react": react, "node_modules/l": forLinux });
  expect(firstMissing(wanted, installed, linux)).toBeNull();
});

it("an install that was never finished, another version and another content are all missing", () => {
  expect(firstMissing(wanted, null, linux)).toBe("node_modules");
  const older = lock({ "node_modules/react": { ...react, version: "18.0.0" }, "node_modules/l": forLinux });
  expect(firstMissing(wanted, older, linux)).toBe("node_modules/react");
  const other = lock({ "node_modules/react": { ...react, integrity: "sha512-b" } });
  expect(firstMissing(wanted, other, linux)).toBe("node_modules/react");
});

it("a node_modules that was copied from another system lacks this one's binaries", () => {
  const fromMac = lock({ "node_modules/react": react, "node_modules/m": forMac });
  expect(firstMissing(wanted, fromMac, linux)).toBe("node_modules/l");
});
