// SPDX-License-Identifier: GPL-2.0-only
// Chooses dark or light before the first paint; a module would run after it.
{
  const light = matchMedia("(prefers-color-scheme: light)");
  const show = () => {
    let theme;
    try {
      theme = localStorage.getItem("theme");
    } catch {} // shut off; the system's preference stands
    document.documentElement.dataset.theme = /^(dark|light)$/.test(theme)
      ? theme
      : light.matches
        ? "light"
        : "dark";
  };
  light.addEventListener("change", show);
  show();
}
