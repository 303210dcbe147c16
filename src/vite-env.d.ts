// SPDX-License-Identifier: GPL-2.0-only
/// <reference types="vite/client" />
