import { Give } from './give.tsx';
import { Take } from './take.tsx';

/** A draft that moves from phone to phone: with a step it is given away here, without one it is taken. */
export const CarryScreen = ({ step }: { step: string | null }) => (step === null ? <Take /> : <Give step={step} />);
