// SPDX-License-Identifier: GPL-2.0-only
import { renderToStaticMarkup as markup } from "react-dom/server";
import { expect, it } from "vitest";
import { createLab } from "../../store/lab.ts";
import { LabContext } from "../../store/useLab.ts";
import { Timeline } from "./Timeline.tsx";

async function shown(name: string, time: number) {
  const lab = createLab({ fetchBlob: () => Promise.reject(new Error()), pause: async () => {} }, "dark");
  await lab.choose(name);
  lab.goTo(time);
  // Without a page a store is read as it was in the beginning.
  const store = { ...lab.store, getInitialState: lab.store.getState };
  return markup(
    <LabContext value={{ ...lab, store }}>
      <Timeline width={896} />
    </LabContext>,
  );
}

it("who cannot see it reads one list a design, a sentence a lane, and the picture is silent", async () => {
  const html = await shown("t-a-12", 19);
  const lists = html.match(/<ul[^>]*aria-label="The run of [^"]+">.*?<\/ul>/g) ?? [];
  expect(lists).toHaveLength(2);
  expect(lists[0]).toContain("rm-&gt;lock held by P in steps 2–19 and 23–38");
  expect(lists.map((list) => list.match(/<li>/g)?.length)).toEqual([3, 3]);
  expect(html).toMatch(/data-testid="timeline" aria-hidden="true"/);
});

it("the playhead and the veil stand where the time is; nothing else depends on it", async () => {
  const at = async (time: number) => shown("t-a-12", time);
  const early = await at(0);
  const late = await at(19);
  expect(early).toContain('data-testid="playhead" style="left:0%"');
  expect(late).toContain('data-testid="playhead" style="left:50%"');
  expect(late.replaceAll("left:50%", "left:0%")).toBe(early);
  // Over the words, too: what is still to come is as faint as its marks.
  expect(late.lastIndexOf("<text")).toBeLessThan(late.indexOf('style="left:50%'));
});

it("with several operations the one that is shown has a ground of its own, and its borders are drawn", async () => {
  const html = await shown("t-c2", 9);
  expect(html).toContain('data-look="border"');
  expect(html).toMatch(/style="left:29\.\d+%;width:29\.\d+%"/);
  expect(await shown("t-a-12", 9)).not.toContain('data-look="border"');
});
