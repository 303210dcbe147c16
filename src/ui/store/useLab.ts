// SPDX-License-Identifier: GPL-2.0-only
// The page's one lab, and how components read it.

import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Lab, LabState } from "./lab.ts";

/** The lab of the page around a component. */
export const LabContext = createContext<Lab | null>(null);

/** The lab itself: what a component calls. Throws outside of a LabContext. */
export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (lab === null) throw new Error("a component that needs the lab stands outside of it");
  return lab;
}

/** A part of the lab's state; the component is drawn again when that part changes. */
export const useShown = <T>(select: (state: LabState) => T): T => useStore(useLab().store, select);
