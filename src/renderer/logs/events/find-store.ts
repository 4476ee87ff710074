/** Looking for a text among the lines on show, without hiding the others. */
import { create } from 'zustand';
import type { EngineAnswers } from '../../../shared/logs/engine-protocol';

interface Find {
  open: boolean;
  text: string;
  /** Where they are; null while nothing is looked for or not all is looked at. */
  marks: EngineAnswers['marks'] | null;
  setOpen(open: boolean): void;
  setText(text: string): void;
  setMarks(marks: EngineAnswers['marks'] | null): void;
}

export const useFind = create<Find>()((set) => ({
  open: false,
  text: '',
  marks: null,
  setOpen: (open) => set(open ? { open } : { open, marks: null }),
  setText: (text) => set(text.trim() === '' ? { text, marks: null } : { text }),
  setMarks: (marks) => set({ marks }),
}));
