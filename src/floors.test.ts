// SPDX-License-Identifier: GPL-2.0-only
// Holds the house to its plan: who imports whom, what the engine may see, and what every file has to say. Each rule
// is shown to bite on an example first; without that a rule that never fires would pass for ever.
import { describe, expect, it } from "vitest";
import { NOTICES, notices, runtimePackages } from "../scripts/notices.mjs";
import { circleOf } from "./floors/circles.ts";
import { type Import, importsOf } from "./floors/imports.ts";
import { addressesInLock, missingFromLock } from "./floors/lock.ts";
import { complaintAboutPackage } from "./floors/packages.ts";
import { impuritiesOf } from "./floors/purity.ts";
import { complaintAboutImport, placeOf } from "./floors/rooms.ts";
import { filesOfRepository, isCode, isTest, textOf } from "./floors/source.ts";
import { givesAway, lacksLicenceLine } from "./floors/texts.ts";

const files = filesOfRepository();
const code = files.filter((path) => /^src\/(engine|cli|ui)\//.test(path) && isCode(path));
const imports = code.flatMap((path) => importsOf(path, textOf(path)));
const ownImports = imports.filter(({ own }) => own);
const runtime = Object.keys(JSON.parse(textOf("package.json")).dependencies);

const own = (from: string, to: string): Import => ({ from: `src/${from}`, to: `src/${to}`, own: true });
const bare = (from: string, to: string): Import => ({ from: `src/${from}`, to, own: false });

describe("imports", () => {
  it("every way to import is seen, types and workers too", () => {
    const text = `import a from "./a.ts"; import type { B } from "../b.ts"; import "./c.css"; export * from "./d.ts";
      export { e } from "./e.ts"; export const f = 1; type G = import("./g.ts").G; await import("./h.ts");
      new Worker(new URL("../w.ts", import.meta.url)); new URL("./recordings/", import.meta.url); import i from "./i.ts?worker"; import { scaleLinear } from "d3";`;
    expect(importsOf("src/ui/x/y.tsx", text).map(({ to }) => to)).toEqual([
      ...[
        "src/ui/x/a.ts",
        "src/ui/b.ts",
        "src/ui/x/c.css",
        "src/ui/x/d.ts",
        "src/ui/x/e.ts",
        "src/ui/x/g.ts",
      ],
      ...["src/ui/x/h.ts", "src/ui/w.ts", "src/ui/x/i.ts", "d3"],
    ]);
  });

  it("a glob imports what fits its patterns, unless it asks for their text", () => {
    const globbed = (glob: string) => importsOf("src/ui/panels/code/x.ts", glob).map(({ to }) => to);
    const engine = ["src/engine/**/*.ts"];
    expect(globbed('import.meta.glob("../../../engine/**/*.ts", { query: "?raw", eager: true })')).toEqual(
      [],
    );
    expect(globbed('import.meta.glob("../../../engine/**/*.ts", { eager: true })')).toEqual(engine);
    expect(globbed('import.meta.glob("../../../engine/**/*.ts", { query: "?url" })')).toEqual(engine);
    expect(globbed('import.meta.glob(["/src/engine/**/*.ts", "!**/*.test.ts"])')).toEqual(engine);
    expect(globbed('import("../../../engine/sim/gate.ts?raw")')).toEqual(["src/engine/sim/gate.ts"]);
    expect(complaintAboutImport(own("ui/panels/code/x.ts", "engine/**/*.ts"))).toContain("no room");
    expect(complaintAboutImport(own("ui/panels/code/x.ts", "engine/kernel/kvm/*.ts"))).toContain("is open");
  });

  it.each([
    own("engine/sim/gate.ts", "engine/kernel/sync/mutex.ts"),
    own("engine/units.ts", "engine/sim/gate.ts"),
    own("engine/kernel/xarray/store.ts", "engine/kernel/shmem/file.ts"),
    own("engine/kernel/shmem/file.ts", "engine/kernel/kvm/memslot.ts"),
    own("engine/kernel/kvm/memslot.ts", "engine/kernel/restrictedmem/ops.ts"),
    own("engine/kernel/restrictedmem/v10/bind.ts", "engine/experiments/machine/world.ts"),
    own("engine/kernel/restrictedmem/v10/bind.ts", "engine/kernel/restrictedmem/review/bind.ts"),
    own("engine/kernel/restrictedmem/review/bind.ts", "engine/kernel/restrictedmem/v10/bind.ts"),
    own("engine/experiments/machine/world.ts", "engine/index.ts"),
    own("engine/sim/gate.ts", "ui/text/sentence.ts"),
    own("cli/main.ts", "engine/sim/gate.ts"),
    own("cli/main.ts", "ui/text/sentence.ts"),
    own("ui/App.tsx", "cli/main.ts"),
    own("ui/panels/list/scene.ts", "engine/experiments/machine/world.ts"),
    own("ui/widgets/Button.tsx", "engine/index.ts"),
    own("ui/scene/strip.ts", "ui/store/lab.ts"),
    own("ui/store/lab.ts", "ui/player/loop.ts"),
    own("ui/panels/list/List.tsx", "ui/views/lab/Lab.tsx"),
    own("ui/views/lab/Lab.tsx", "ui/App.tsx"),
    own("engine/kernel/ept/walk.ts", "engine/units.ts"),
    own("ui/App.tsx", "elsewhere/x.ts"),
  ])("$from may not import $to", (example) => {
    expect(complaintAboutImport(example)).toContain(example.from);
  });

  it.each([
    own("engine/kernel/restrictedmem/v10/bind.ts", "engine/kernel/restrictedmem/ops.ts"),
    own("engine/kernel/kvm/memslot.ts", "engine/kernel/shmem/file.ts"),
    own("engine/experiments/machine/world.ts", "engine/kernel/guestMemfd/create.ts"),
    own("engine/index.ts", "engine/experiments/machine/world.ts"),
    own("cli/main.ts", "engine/index.ts"),
    own("ui/panels/list/List.tsx", "engine/index.ts"),
    own("ui/panels/list/List.tsx", "ui/widgets/Panel.tsx"),
    own("ui/main.tsx", "ui/App.tsx"),
  ])("$from may import $to", (example) => {
    expect(complaintAboutImport(example)).toBeNull();
  });

  it("every room imports from below, through the doors, and stands on the plan", () => {
    expect(code.filter((path) => placeOf(path) === null)).toEqual([]);
    expect(ownImports.map(complaintAboutImport).filter((complaint) => complaint !== null)).toEqual([]);
  });

  it("a circle is found wherever it starts, and a shared neighbour is none", () => {
    expect(
      circleOf([
        ["a", "b"],
        ["b", "c"],
        ["c", "b"],
      ]),
    ).toEqual(["b", "c", "b"]);
    expect(
      circleOf([
        ["a", "b"],
        ["a", "c"],
        ["b", "d"],
        ["c", "d"],
        ["d", "d"],
      ]),
    ).toBeNull();
  });

  it("no file imports itself round a corner", () => {
    expect(circleOf(ownImports.map(({ from, to }) => [from, to]))).toBeNull();
  });

  it("no room does either", () => {
    const roomOf = (path: string) => placeOf(path)?.room ?? path;
    expect(circleOf(ownImports.map(({ from, to }) => [roomOf(from), roomOf(to)]))).toBeNull();
  });
});

describe("packages", () => {
  it.each([
    bare("engine/sim/gate.ts", "react"),
    bare("engine/sim/gate.ts", "node:fs"),
    bare("cli/main.ts", "d3"),
    bare("ui/scene/strip.ts", "react"),
    bare("ui/App.tsx", "node:path"),
    bare("ui/App.tsx", "fast-check"),
  ])("$from may not import $to", (example) => {
    expect(complaintAboutPackage(example, ["react", "d3", "valibot"])).toContain(example.to);
  });

  it("tests import what they like, the engine valibot, the page what package.json lists", () => {
    const allowed = [
      bare("engine/sim/gate.test.ts", "fast-check"),
      bare("engine/experiments/scenarios/format.ts", "valibot"),
      bare("ui/main.tsx", "react-dom/client"),
      bare("ui/panels/list/List.tsx", "@a/b/c.css"),
    ];
    expect(allowed.map((example) => complaintAboutPackage(example, ["react-dom", "@a/b"]))).toEqual(
      allowed.map(() => null),
    );
  });

  it("each part of the house imports only the packages that it may", () => {
    const complaints = imports.filter((one) => !one.own).map((one) => complaintAboutPackage(one, runtime));
    expect(complaints.filter((complaint) => complaint !== null)).toEqual([]);
  });

  it("the lock check misses neither a plain nor an optional dependency, and looks in every folder above", () => {
    const packages = {
      "": { dependencies: { a: "1" } },
      "node_modules/a": { dependencies: { b: "1", c: "1" }, optionalDependencies: { "d-mac": "1" } },
      "node_modules/a/node_modules/b": { dependencies: { c: "1" } },
      "node_modules/c": { resolved: "https://mirror.example/c.tgz" },
    };
    expect(missingFromLock({ packages })).toEqual(["d-mac of node_modules/a"]);
    expect(missingFromLock({ packages: { "": { dependencies: { a: "1" } } } })).toEqual(["a of the project"]);
    expect(addressesInLock({ packages })).toEqual(["node_modules/c"]);
  });

  it("package-lock.json is whole, for every system, and names no address", () => {
    const lock = JSON.parse(textOf("package-lock.json"));
    expect(missingFromLock(lock)).toEqual([]);
    expect(addressesInLock(lock)).toEqual([]);
  });

  it("the notices name every runtime package with its licence, and are fresh", () => {
    const text = textOf(NOTICES);
    expect(text, "run: node scripts/notices.mjs").toBe(notices());
    const named = runtimePackages().filter((name) => text.includes(`\n${name} `));
    expect(named).toEqual(runtimePackages());
    expect(named).toEqual(expect.arrayContaining([...runtime, "scheduler", "d3-scale"]));
    expect(text).toContain("SIL OPEN FONT LICENSE Version 1.1");
  });
});

describe("purity", () => {
  it.each([
    ["Date", "const now = Date.now();"],
    ["Date", "const then: Date = { year: 1 };"],
    ["Math.random", "const die = Math.random();"],
    ["Math.random", 'const die = Math["random"]();'],
    ["performance", "const t = performance.now();"],
    ["document", "export const body = () => document.body;"],
    ["window", "const bag = { window };"],
    ["process", "const home = process.env.HOME;"],
  ])("%s is seen in %s", (name, text) => {
    expect(impuritiesOf("x.ts", text)).toEqual([name]);
  });

  it("a field of that name, one's own variable, a word in a comment and Math without chance are free", () => {
    const text = `// a Date
      const a = { Date: 1, window() {} }; const b = a.Date + Math.floor(1.5);
      const title = (document: { title: string }) => document.title;`;
    expect(impuritiesOf("x.ts", text)).toEqual([]);
  });

  it("the engine, the scenes and the sentences see no clock, no chance, no screen and no machine", () => {
    const pure = code.filter((path) => /^src\/(engine|ui\/scene|ui\/text)\//.test(path) && !isTest(path));
    const impure = pure.flatMap((path) => impuritiesOf(path, textOf(path)).map((name) => `${path}: ${name}`));
    expect(impure).toEqual([]);
  });
});

describe("texts", () => {
  it("the licence line may follow #! or a doctype, and nothing else", () => {
    const line = "SPDX-License-Identifier: GPL-2.0-only";
    expect(lacksLicenceLine("a.ts", `// ${line}\n`)).toBe(false);
    expect(lacksLicenceLine("a.css", `/* ${line} */\n`)).toBe(false);
    expect(lacksLicenceLine("a.sh", `#!/bin/sh\n# ${line}\n`)).toBe(false);
    expect(lacksLicenceLine("a.html", `<!doctype html>\n<!-- ${line} -->\n`)).toBe(false);
    expect(lacksLicenceLine("a.json", "{}")).toBe(false);
    expect(lacksLicenceLine("a.ts", `\n// ${line}\n`)).toBe(true);
    expect(lacksLicenceLine("a.mjs", "export {};\n")).toBe(true);
    expect(lacksLicenceLine(".ci/run", "#!/bin/sh\nset -e\n")).toBe(true);
    expect(lacksLicenceLine("a.ts", `// ${line}-or-later\n`)).toBe(true);
  });

  it("every source file begins with its licence, and LICENSE is the whole of it", () => {
    expect(files.filter((path) => lacksLicenceLine(path, textOf(path)))).toEqual([]);
    expect(textOf("LICENSE")).toMatch(
      /GNU GENERAL PUBLIC LICENSE\s+Version 2, June 1991[\s\S]+How to Apply These Terms/,
    );
  });

  it("a path of one machine and a registry give it away; a kernel path, a web path and a link do not", () => {
    const slash = "/";
    expect(givesAway(`see ${slash}home/ada/lab`)).toBe("a path of one machine");
    expect(givesAway(`"${slash}work/main"`)).toBe("a path of one machine");
    expect(givesAway(`https://${"registry"}.example.org/react`)).toBe("a package registry");
    expect(givesAway('"/dev/kvm", "mm/restrictedmem.c", https://kernel.example/root/a, ./home/x')).toBeNull();
  });

  it("no file gives away the machine that it was written on", () => {
    const given = files.flatMap((path) => {
      const what = /\.(gz|png|woff2)$/.test(path) ? null : givesAway(textOf(path));
      return what === null ? [] : [`${path}: ${what}`];
    });
    expect(given).toEqual([]);
  });
});
