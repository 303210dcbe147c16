// SPDX-License-Identifier: GPL-2.0-only
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The page loads its own files and nothing else; nobody's inline script or style runs in it. */
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'";

/** Into the built page only: the development server works with inline styles, which the policy forbids. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml(html) {
      const meta = `<meta http-equiv="Content-Security-Policy" content="${POLICY}" />`;
      const withPolicy = html.replace(/<meta charset[^>]*>/, `$&\n    ${meta}`);
      if (withPolicy === html) throw new Error("index.html has no charset line for the policy to follow");
      return withPolicy;
    },
  };
}

export default defineConfig({
  base: "./", // the built page works in any folder of any server
  appType: "mpa", // a file that is not there is a 404, not a second copy of the page
  plugins: [react(), contentSecurityPolicy()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // a data: address is not 'self'
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "bench/**/*.test.ts"],
    environment: "node",
    pool: "threads",
    // No test fails for being slow: a loaded machine is slow, not wrong. Two minutes end one that hangs.
    testTimeout: 120_000,
  },
});
