/** Gives each sink to the annotation that speaks of it. */

/** The lines that a sink's call (or return) covers in one file; 1-based, inclusive. */
export interface SinkSpan {
  readonly line: number;
  readonly endLine: number;
}

/**
 * The annotated line that a sink belongs to, for every span of one file; a span without one stands for its own first line.
 *
 * An annotation on the call's first line wins. Otherwise it is one inside the span, unless a smaller span holds it too (a
 * callback argument with a sink of its own) or it is another sink's first line; of several the last, since that is where a
 * formatter leaves the comment behind a call that it broke into lines.
 */
export function attribute(spans: readonly SinkSpan[], annotated: readonly number[]): Map<SinkSpan, number> {
  const lines = new Set(annotated);
  const starts = new Set(spans.map((span) => span.line));
  return new Map(spans.map((span) => [span, lineOf(span)]));

  function lineOf(span: SinkSpan): number {
    if (lines.has(span.line)) return span.line;
    const own = annotated.filter((line) => holds(span, line) && !starts.has(line) && innermost(line) === size(span));
    return own.at(-1) ?? span.line;
  }

  function innermost(line: number): number {
    return Math.min(...spans.filter((span) => holds(span, line)).map(size));
  }
}

function holds(span: SinkSpan, line: number): boolean {
  return span.line <= line && line <= span.endLine;
}

function size(span: SinkSpan): number {
  return span.endLine - span.line;
}
