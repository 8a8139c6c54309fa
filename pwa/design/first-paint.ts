import { readLook, wear } from '../device/look.ts';

// Runs before anything is painted (`build/first-paint.ts`): who chose dark sees no white flash.
wear(readLook());
