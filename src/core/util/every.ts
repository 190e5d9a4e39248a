/** Does a piece of work again and again without keeping the process alive; the result stops it. */
export function every(intervalMs: number, work: () => Promise<void>): () => void {
  const timer = setInterval(() => {
    void work();
  }, intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
