import type { Metadata } from "next";
import { LinkButton } from "#components/ui/link-button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-6 text-center">
      <h1 className="text-xl font-semibold">There is nothing at this address</h1>
      <p className="mt-1 mb-5 max-w-[52ch] text-ink-2">
        It may have been removed, or it is not yours to see; Kordon gives the same answer to both.
      </p>
      <LinkButton href="/">All clusters</LinkButton>
    </main>
  );
}
