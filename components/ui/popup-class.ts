/** A floating list or panel: raised ground, thin line, soft shadow. */
export const POPUP_SURFACE = "rounded-r2 border border-line bg-raised text-ink shadow-float outline-hidden";

/** Fades and settles within 120 ms; the reduced-motion rule of the style sheet stills it. */
export const POPUP_MOTION =
  "origin-[var(--transform-origin)] transition-[scale,opacity] duration-[120ms] ease-out data-[ending-style]:scale-[0.98] data-[ending-style]:opacity-0 data-[starting-style]:scale-[0.98] data-[starting-style]:opacity-0";

/** One entry of a menu, select or palette. */
export const POPUP_ITEM =
  "flex min-h-8 cursor-default items-center gap-2 rounded-r1 px-2 text-base outline-hidden select-none data-[highlighted]:bg-accent-wash data-[disabled]:opacity-50 [&_svg]:size-[15px] [&_svg]:shrink-0";

/** The title above a group of entries. */
export const POPUP_GROUP_LABEL = "px-2 pt-2 pb-1 text-xs font-medium text-ink-3";
