// SPDX-License-Identifier: GPL-2.0-only
// Chooses dark or light before the first paint; a module would run after it.
{
  const root = document.documentElement;
  const light = matchMedia("(prefers-color-scheme: light)");
  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is shut off; the system's preference stands
    }
  };
  const show = () => {
    const theme = chosen();
    root.dataset.theme = theme === "dark" || theme === "light" ? theme : light.matches ? "light" : "dark";
  };
  light.addEventListener("change", show);
  show();
}
