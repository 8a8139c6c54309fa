import { useLine } from '../device-state.tsx';
import { Gone } from './gone.tsx';
import { Loading } from './page.tsx';

/** This device holds no home yet: it is on its way, or cannot be had now. Never “there is none”. */
export function Unheard() {
  const { reached, failed } = useLine();
  return reached && !failed ? <Loading /> : <Gone text="offline.unheard" help="form.noneHelp" />;
}
