/** Turns while work is under way; says nothing by itself, so the text beside it must. */
export function Spinner() {
  return (
    <svg viewBox="0 0 16 16" className="size-[15px] animate-spin" aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" opacity="0.25" />
      <path d="M14 8a6 6 0 0 0-6-6" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
