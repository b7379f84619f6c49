/** The frame of a text control; 16 px text on touch, so that phones do not zoom in. */
export const CONTROL_FRAME =
  "w-full min-w-0 rounded-r2 border border-line-strong bg-surface px-2.5 text-ink transition-colors hover:border-ink-3 focus-visible:border-focus focus-visible:outline-offset-0 aria-invalid:border-critical disabled:opacity-50 pointer-coarse:text-lg";

/** A text control of one line. */
export const CONTROL = `h-[30px] text-base ${CONTROL_FRAME}`;
