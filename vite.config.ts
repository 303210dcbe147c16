// SPDX-License-Identifier: GPL-2.0-only
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { leanReact } from "./scripts/leanReact.ts";

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

/** Vite wraps each import() in a loader of the part's sheet and imports. With one sheet there is nothing to load. */
function noPreloader(): Plugin {
  return {
    name: "no-preloader",
    apply: "build",
    enforce: "pre",
    load: (id) =>
      id.includes("vite/preload-helper") ? "export const __vitePreload = (part) => part();" : null,
  };
}

/** Every sheet of classes: its number makes its class names its own, and packs better than a hash. */
const SHEETS = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".module.css"))
  .map((file) => resolve("src", file))
  .sort();

export default defineConfig({
  base: "./", // the built page works in any folder of any server
  appType: "mpa", // a file that is not there is a 404, not a second copy of the page
  plugins: [leanReact(), react(), contentSecurityPolicy(), noPreloader()],
  // React looks for its developer tools; the built page is not for developers.
  define: { __REACT_DEVTOOLS_GLOBAL_HOOK__: "undefined" },
  css: { modules: { generateScopedName: (name, sheet) => `${name}_${SHEETS.indexOf(sheet).toString(36)}` } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // a data: address is not 'self'
    // One sheet for the page, so that a part fetched later brings no sheet of its own and needs no preloader.
    modulePreload: false,
    cssCodeSplit: false,
    // Licences stand in public/third-party-notices.txt, whole.
    rolldownOptions: {
      output: {
        comments: { legal: false },
        // What the page opens with is one script. Otherwise all that it shares with a part that comes later would be
        // a script of its own, and a dozen small ones pack worse than one.
        codeSplitting: {
          groups: [{ name: "page", test: /src\/ui\/main\.tsx$/, includeDependenciesRecursively: true }],
        },
      },
    },
    reportCompressedSize: false,
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "bench/**/*.test.ts"],
    environment: "node",
    pool: "threads",
    // By default one processor is left idle, which of two is half of all there is.
    maxWorkers: "100%",
    // A thread per file would load and warm up the engine for each of 130 files, which is 40 % of all the work. The
    // files of a thread share their modules instead; so what a file puts in place of a global it puts back at its end.
    isolate: false,
    // No test fails for being slow: a loaded machine is slow, not wrong. Two minutes end one that hangs.
    testTimeout: 120_000,
  },
});
