// SPDX-License-Identifier: GPL-2.0-only
import { memo, type RefObject, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { type Axis, clipped } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { factOf, slotOfEvent } from "../../scene/objectFact.ts";
import { spanBox } from "../../scene/objectBox.ts";
import { hitAt, type Stand, standIn } from "../../scene/objectHit.ts";
import { objectOf } from "../../scene/object.ts";
import { litIn, objectsIn, type StripRow } from "../../scene/objects.ts";
import { HEIGHT as PAGES } from "../../scene/pagesScene.ts";
import { FIGURES, HEIGHT as RULER } from "../../scene/rulerScene.ts";
import { MEMSLOTS } from "../../scene/memslotsScene.ts";
import type { Loaded } from "../../store/lab.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { rangeText } from "../../text/number.ts";
import { type Band, Overlay, type Shine } from "./Overlay.tsx";
import { type Hands, Hint } from "./Hint.tsx";
import type { Early } from "./useEarly.ts";
import { useHands } from "./useHands.ts";

interface TouchLayerProps {
  axis: Axis;
  frame: Frame;
  row: StripRow["row"];
  vm: string;
  own: number | null;
  name: string | undefined;
  /** Of the element that answers. */
  id: string;
  /** Where the pointer was while this was being fetched. */
  early: RefObject<Early | null>;
  onHands: (hands: Hands) => void;
}

/** What a row answers to pointer and keys, the one object of it that is read out, and what is lit over it. */
export const TouchLayer = memo(function TouchLayer({
  axis,
  frame,
  row,
  vm,
  own,
  name,
  id,
  early,
  onHands,
}: TouchLayerProps) {
  const lab = useLab();
  const strip = useMemo((): StripRow => stripRow(row, vm, own), [row, vm, own]);
  // Asked for when somebody points or the row has the focus; most steps nobody asks.
  const objects = useMemo(() => once(() => objectsIn(axis, frame, strip)), [axis, frame, strip]);
  const [focused, setFocused] = useState(() => document.activeElement?.id === id);
  const [stand, setStand] = useState<Stand | null>(null);
  const [drafting, setDrafting] = useState(false);
  const draft = useShown((state) => state.draft);
  const pinned = useShown((state) => state.pinned);
  useEffect(() => {
    if (early.current === null) return;
    const { x, y, isClick } = early.current;
    early.current = null;
    const name = objects()[hitAt(objects(), x, y)]?.name ?? null;
    if (isClick) lab.pin(name);
    else lab.light(name);
  }, [early, lab, objects]);

  const index = focused ? standIn(objects(), stand) : -1;
  const active = index < 0 ? null : (objects()[index]?.name ?? null);
  useEffect(() => {
    if (active !== null) lab.light(active);
  }, [active, lab]);

  const chosen = drafting && draft !== null ? `punch ${rangeText(draft.start, draft.end)}` : active;
  const option = chosen === null ? undefined : `${id}-${chosen}-${index}`.replaceAll(" ", "-");
  const hands = useHands({
    ...{ lab, axis, frame, row, objects, index, option, drafting },
    ...{ onFocused: setFocused, onStand: setStand, onDrafting: setDrafting },
  });
  useLayoutEffect(() => onHands(hands), [hands, onHands]);

  const shines = useShines(axis, frame, strip, active);
  const band = useBand(axis, row);
  return (
    <>
      <Overlay shines={shines} band={band} />
      {name === undefined ? null : option === undefined || chosen === null ? (
        <Hint row={row} />
      ) : (
        <div
          id={option}
          role="option"
          tabIndex={-1}
          className="spoken"
          aria-selected={active !== null && active === pinned}
          aria-posinset={index + 1}
          aria-setsize={objects().length}
        >
          {drafting ? draftText(chosen) : (factOf(frame, chosen) ?? chosen)}
        </div>
      )}
    </>
  );
});

const draftText = (chosen: string) =>
  `${chosen}: the arrows move it, with Shift they resize it, Enter runs it, Escape drops it`;

function stripRow(row: StripRow["row"], vm: string, own: number | null): StripRow {
  switch (row) {
    case "walk":
      return { row, vm, own };
    case "tlb":
      return { row, vm, own: own ?? 0 };
    case "mappings":
    case "leaves":
    case "gfns":
      return { row, vm };
    default:
      return { row };
  }
}

const NONE: readonly Shine[] = [];

/** What of the lit and the pinned object shows in this row; of an event the memslot that it is about. */
function useShines(axis: Axis, frame: Frame, row: StripRow, active: string | null): readonly Shine[] {
  const loaded = useShown((state) => state.loaded);
  const lit = useShown((state) => state.lit) ?? active;
  const pinned = useShown((state) => state.pinned);
  return useMemo(() => {
    const shine = (name: string | null, why: Shine["why"]): Shine[] => {
      const shown = name === null || loaded === null ? null : inRows(name, loaded);
      const boxes = shown === null ? [] : litIn(axis, frame, row, shown);
      return shown === null || boxes.length === 0 ? [] : [{ name: shown, why, boxes }];
    };
    if (lit === null && pinned === null) return NONE;
    return [...shine(pinned, "pinned"), ...shine(lit, "lit")];
  }, [axis, frame, row, loaded, lit, pinned]);
}

function inRows(name: string, { plays }: Loaded): string | null {
  const object = objectOf(name);
  if (object?.kind !== "event") return name;
  const play = plays.find(({ variant }) => variant === object.variant);
  const memslot = play === undefined ? null : slotOfEvent(play, object.step);
  return memslot === null ? null : `slot:${memslot}`;
}

/** The rows through which a drafted punch goes, from where to how far down. */
const BANDED: Partial<Record<StripRow["row"], readonly [y: number, height: number]>> = {
  ruler: [FIGURES, RULER - FIGURES],
  memslots: [0, MEMSLOTS],
  pages: [0, PAGES],
};

/** The drafted punch as this row shows it. */
function useBand(axis: Axis, row: StripRow["row"]): Band | null {
  const draft = useShown((state) => state.draft);
  return useMemo(() => {
    const span = draft === null ? null : clipped(draft, axis);
    const [y, height] = BANDED[row] ?? [0, 0];
    if (draft === null || span === null || height === 0) return null;
    const box = spanBox(axis, span.start, span.end, y, height);
    return { box, text: `${draft.start}-${draft.end}` };
  }, [axis, draft, row]);
}

/** `make`, asked once at most. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
