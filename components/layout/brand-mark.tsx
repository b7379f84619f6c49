/** A boundary with a line that is watched: Kordon's sign. */
export function BrandMark() {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      className="size-[18px]"
      aria-hidden="true"
    >
      <path d="M3 6.5 10 3l7 3.5v5c0 3-3 5-7 6.5-4-1.5-7-3.5-7-6.5z" />
      <path d="M3 10.5h14" strokeDasharray="2.2 2" />
    </svg>
  );
}
