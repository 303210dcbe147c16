// SPDX-License-Identifier: GPL-2.0-only
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Guarded } from "./Guarded.tsx";

const broken = (error: unknown) => {
  const boundary = new Guarded({ what: "The bill", children: <p>rows</p> });
  boundary.state = { ...boundary.state, ...Guarded.getDerivedStateFromError(error) };
  return renderToStaticMarkup(boundary.render());
};

it("what can be drawn is drawn as it is", () => {
  expect(renderToStaticMarkup(<Guarded what="The bill">rows</Guarded>)).toBe("rows");
});

it("a part that cannot be drawn says which part, why, and offers to try again", () => {
  const html = broken(new Error("slot 3 is missing"));
  expect(html).toContain("The bill cannot be drawn. slot 3 is missing");
  expect(html).toContain("Retry");
  expect(html).not.toContain("rows");
  expect(broken("a bare word")).toContain("a bare word");
});

it("when the page moves on the part is tried again, and not before", () => {
  const state = { error: new Error("x"), again: 1 };
  const props = { what: "The bill", children: null };
  expect(Guarded.getDerivedStateFromProps({ ...props, again: 1 }, state)).toBeNull();
  expect(Guarded.getDerivedStateFromProps({ ...props, again: 2 }, state)?.error).toBeNull();
});
