export function Kbd({ children }: { readonly children: string }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-r1 border border-line bg-sunken px-1 font-mono text-2xs text-ink-3">
      {children}
    </kbd>
  );
}
