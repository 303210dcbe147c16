// SPDX-License-Identifier: GPL-2.0-only
// Motion: what a step changes is seen to change, once, and never where the viewer asked for none.
import type { Page } from "playwright/test";
import { lastStepWith, playsOf } from "./support/engine.ts";
import { choose, openLab, slider } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const [LIST, XARRAY] = playsOf("t-a-12");
const ZAP =
  LIST.recording.steps.findIndex(({ events }) => events.some(({ type }) => type === "spte.zapped")) + 1;
const PUNCH = lastStepWith(LIST, ({ type }) => type === "shmem.punched");

interface Running {
  look: string | null;
  design: string | null;
  delay: number;
  duration: number;
}

/** What moves in the rows now. */
const running = (page: Page): Promise<Running[]> =>
  page.evaluate(() =>
    document.getAnimations().flatMap((animation) => {
      const effect = animation.effect as KeyframeEffect;
      const row = effect.target?.closest("svg[role=img]") ?? null;
      if (row === null || effect.target === null) return [];
      const { delay = 0, duration } = effect.getTiming();
      return {
        look: effect.target.getAttribute("data-look"),
        design: row.closest("section[aria-labelledby]")?.querySelector("h2")?.textContent ?? null,
        delay,
        duration: Number(duration),
      };
    }),
  );

/** Mapped pages that are seen, those that are just going included. */
const squares = (page: Page) =>
  page.evaluate(() => document.querySelectorAll("svg[role=img] [data-look=mapped]").length);

/** Lets all that moves come to its end. */
const finish = (page: Page) =>
  page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });

/** Shows `step`, at rest, with the part that knows how to move there. */
async function stand(page: Page, step: number): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await slider(page).fill(String(step));
  await slider(page).blur();
}

/** Motion is fetched with the first change of the picture. */
async function openMoving(page: Page): Promise<void> {
  await openLab(page);
  const fetched = page.waitForResponse(/playMotion.*\.js/);
  await page.keyboard.press("Home");
  await (await fetched).finished();
  await expect
    .poll(async () => {
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      return (await running(page)).length;
    })
    .toBeGreaterThan(0);
}

test.describe("with motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });

  // Whatever begins to move is held still there, so that no test comes too late for it.
  test.beforeEach(({ page }) =>
    page.addInitScript(() => {
      const { animate } = Element.prototype;
      Element.prototype.animate = function (...how) {
        const animation = animate.apply(this, how);
        animation.pause();
        return animation;
      };
    }),
  );

  test("the first load does without it, and a page at rest has nothing that moves", async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto("./", { waitUntil: "networkidle" });
    expect(asked.filter((url) => url.includes("playMotion"))).toEqual([]);
    expect(await running(page)).toEqual([]);
  });

  test("a zap crosses out its squares one after the other, and the next step ends that", async ({ page }) => {
    await openMoving(page);
    await stand(page, ZAP - 1);
    const before = await squares(page);
    await page.keyboard.press("ArrowRight");
    const crosses = (await running(page)).filter(
      ({ look, design }) => look === "zapped" && design === "LIST",
    );
    // A motion may have to hurry, as a whole: its shares stay.
    expect(crosses.map(({ delay, duration }) => Math.round((180 * delay) / duration))).toEqual([
      0, 40, 80, 120,
    ]);
    // The squares are still seen under their crosses.
    expect(await squares(page)).toBe(before);

    await page.keyboard.press("ArrowRight");
    const looks = (await running(page)).filter(({ design }) => design === "LIST").map(({ look }) => look);
    expect(looks).toEqual(["flushed"]);
    expect(await squares(page)).toBe(before - 4);
  });

  for (const key of ["Home", "End", "ArrowLeft"])
    test(`${key} ends what moves and moves nothing itself`, async ({ page }) => {
      await openMoving(page);
      await stand(page, PUNCH - 1);
      await page.keyboard.press("ArrowRight");
      expect((await running(page)).map(({ look }) => look)).toContain("slash");
      await page.keyboard.press(key);
      expect(await running(page)).toEqual([]);
      await stand(page, 3);
      expect(await running(page)).toEqual([]);
    });

  test("what has moved stands as if it had been there at once", async ({ page }) => {
    await openMoving(page);
    const drawing = () =>
      page.evaluate(() => [...document.querySelectorAll("svg[role=img]")].map((svg) => svg.outerHTML));
    for (const step of [ZAP, PUNCH, 6, 2]) {
      await stand(page, step - 1);
      await page.keyboard.press("ArrowRight");
      await finish(page);
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      const moved = await drawing();
      await stand(page, step + 1);
      await stand(page, step);
      expect(moved).toEqual(await drawing());
    }
  });

  test("a look-up is seen to descend under the xarray, and the ring to go on along the list", async ({
    page,
  }) => {
    await openMoving(page);
    const walks = XARRAY.recording.steps.findIndex(({ events }) =>
      events.some(({ type }) => type === "xarray.read"),
    );
    await stand(page, walks);
    await page.keyboard.press("ArrowRight");
    const frames = (await running(page)).filter(({ look }) => look === "lookup");
    expect(frames.map(({ delay, duration }) => delay / duration)).toEqual([0, 1]);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const rings = (await running(page)).filter(({ look }) => look === "current");
    expect(rings).toMatchObject([{ design: "LIST" }]);
  });

  test("what broke is traced to the count that it made wrong, until the next step", async ({ page }) => {
    await openMoving(page);
    await choose(page, "t-b1");
    const [list] = playsOf("t-b1");
    await stand(page, list.findings[0]!.step - 1);
    const line = page.locator("[data-look=trace]");
    await page.keyboard.press("ArrowRight");
    await expect(line).toHaveCount(1);
    await finish(page);
    const figure = await page.locator("[data-wrong=true] strong").first().boundingBox();
    const drawn = await line.boundingBox();
    expect(Math.abs(drawn!.x + drawn!.width - figure!.x)).toBeLessThan(12);
    await page.keyboard.press("ArrowRight");
    await expect(line).toHaveCount(0);
  });

  test("who comes to prefer less of it while something moves gets less of it", async ({ page }) => {
    await openMoving(page);
    await stand(page, ZAP - 1);
    await page.keyboard.press("ArrowRight");
    expect((await running(page)).length).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await expect.poll(() => running(page)).toEqual([]);
    await page.keyboard.press("ArrowRight");
    expect(await running(page)).toEqual([]);
  });
});

test.describe("with reduced motion", () => {
  const outlines = (page: Page) => page.locator("[data-look=changed]");

  test("nothing moves; what changed is outlined until the next step", async ({ page }) => {
    await openLab(page);
    const fetched = page.waitForResponse(/playMotion.*\.js/);
    await page.keyboard.press("Home");
    await (await fetched).finished();
    await expect(async () => {
      await stand(page, ZAP - 1);
      await page.keyboard.press("ArrowRight");
      await expect(outlines(page).first()).toBeVisible({ timeout: 1_000 });
    }).toPass();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);

    // One around the four neighbours, and around nothing that stayed as it was.
    const list = page.getByRole("region", { name: "LIST", exact: true });
    await expect(list.locator("[data-look=changed]")).toHaveCount(1);
    const box = await list.locator("[data-look=changed]").boundingBox();
    const crosses = list.locator("[data-look=zapped]");
    for (const cross of await crosses.all()) {
      const { x, width } = (await cross.boundingBox())!;
      expect(x).toBeGreaterThan(box!.x);
      expect(x + width).toBeLessThan(box!.x + box!.width);
    }
    expect(
      await list.locator("[data-look=changed]").evaluate((own) => getComputedStyle(own).strokeWidth),
    ).toBe("2px");

    await page.keyboard.press("Home");
    await expect(outlines(page)).toHaveCount(0);
  });

  test("a jump outlines nothing", async ({ page }) => {
    await openLab(page);
    for (const key of ["Home", "End", "ArrowLeft"]) await page.keyboard.press(key);
    await stand(page, ZAP);
    await expect(outlines(page)).toHaveCount(0);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});
