"use client";

import "./globals.css";

export type GlobalErrorProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** The frame itself failed: as little as possible is used here. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <main className="flex min-h-dvh flex-col items-center justify-center px-6 text-center">
          <h1 className="text-xl font-semibold">Kordon met an error of its own</h1>
          <p className="mt-1 mb-5 text-ink-2">
            The log of the server tells more{error.digest !== undefined && <> under {error.digest}</>}.
          </p>
          <button
            type="button"
            onClick={reset}
            className="rounded-r2 border border-line bg-raised px-3 py-1.5 font-medium"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
