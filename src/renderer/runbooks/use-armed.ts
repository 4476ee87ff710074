/** What would act at a click or a key waits a moment: the press may have been meant for what stood there before. */
import { useEffect, useState } from 'react';

const ARMED_AFTER_MS = 700;

export function useArmed(): boolean {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), ARMED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return armed;
}
