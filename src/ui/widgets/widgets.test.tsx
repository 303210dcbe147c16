// SPDX-License-Identifier: GPL-2.0-only
import { readdirSync, readFileSync } from "node:fs";
import { createElement } from "react";
import { renderToStaticMarkup as markup } from "react-dom/server";
import { expect, it } from "vitest";
import { Button } from "./Button.tsx";
import { IconButton } from "./IconButton.tsx";
import * as icons from "./icons.tsx";
import { Select } from "./Select.tsx";
import { Slider } from "./Slider.tsx";

const ignore = () => {};
const options = [
  { value: "dark", text: "Dark" },
  { value: "light", text: "Light" },
] as const;

it("a button never submits a form, and one that is off says so", () => {
  expect(markup(<Button onClick={ignore}>Share</Button>)).toContain('type="button"');
  expect(markup(<Button onClick={ignore}>Share</Button>)).not.toContain("disabled");
  const off = <IconButton label="Back" icon={<icons.BackIcon />} onClick={ignore} disabled />;
  expect(markup(off)).toContain('aria-disabled="true"');
  expect(markup(off)).not.toContain(" disabled");
});

it("a button with a picture has its word for those who listen, and the picture is silent", () => {
  const html = markup(
    <IconButton label="Step forward" icon={<icons.StepIcon />} onClick={ignore} keys="ArrowRight" />,
  );
  expect(html).toContain('aria-label="Step forward"');
  expect(html).toContain('aria-keyshortcuts="ArrowRight"');
  expect(html).toContain('<svg viewBox="0 0 24 24"');
  expect(html).toContain('aria-hidden="true"');
});

it.each(Object.entries(icons))("%s is drawn in the colour of the text", (_name, Icon) => {
  expect(markup(createElement(Icon))).toContain("currentColor");
});

it("a select shows the chosen option and has a name", () => {
  const html = markup(<Select label="Theme" options={options} value="light" onChange={ignore} />);
  expect(html).toContain('aria-label="Theme"');
  expect(html).toContain('<option value="light" selected="">Light</option>');
  expect(html.match(/selected/g)).toHaveLength(1);
});

it("a slider goes from 0 to max in whole steps and reads its value as a sentence", () => {
  const html = markup(
    <Slider label="Step" value={14} max={36} onChange={ignore} onPage={ignore} valueText="step 14 of 36" />,
  );
  expect(html).toContain('aria-valuetext="step 14 of 36"');
  expect(html).toMatch(/min="0" max="36" step="1" value="14"/);
  expect(html).toContain(`--filled:${14 / 36}`);
});

it("a slider over nothing stands at its left end", () => {
  const html = markup(
    <Slider label="Step" value={0} max={0} onChange={ignore} onPage={ignore} valueText="no steps" />,
  );
  expect(html).toContain("--filled:0");
});

it("every colour in the style sheets of the widgets is a token", () => {
  const folder = new URL("./", import.meta.url);
  const sheets = readdirSync(folder).filter((name) => name.endsWith(".css"));
  expect(sheets.length).toBeGreaterThan(5);
  for (const sheet of sheets) {
    expect(readFileSync(new URL(sheet, folder), "utf8"), sheet).not.toMatch(
      /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i,
    );
  }
});
