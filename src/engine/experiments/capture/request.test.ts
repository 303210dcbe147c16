// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { requestOf } from "./request.ts";

it.each([
  ["KVM_SET_USER_MEMORY_REGION", "KVM_SET_USER_MEMORY_REGION"],
  ["0x4020ae46", "KVM_SET_USER_MEMORY_REGION"],
  ["0x4020ae46 /* KVM_SET_USER_MEMORY_REGION */", "KVM_SET_USER_MEMORY_REGION"],
  ["_IOC(_IOC_WRITE, 0xae, 0x46, 0x20)", "KVM_SET_USER_MEMORY_REGION"],
  ["_IOC(_IOC_WRITE, 0xae, 0x49, 0xa0)", "KVM_SET_USER_MEMORY_REGION2"],
  ["44545", "KVM_CREATE_VM"],
  ["0xae01", "KVM_CREATE_VM"],
  ["_IOC(_IOC_NONE, 0xae, 0x1, 0)", "KVM_CREATE_VM"],
  ["_IOC(_IOC_READ|_IOC_WRITE, 0xae, 0x46, 0x20)", "_IOC(_IOC_READ|_IOC_WRITE, 0xae, 0x46, 0x20)"],
  ["TCGETS", "TCGETS"],
  ["", ""],
])("requestOf(%j) is %j", (printed, name) => expect(requestOf(printed)).toBe(name));
