import { useEffect, useRef, useState } from 'preact/hooks';
import { isTooSmall, moved, nearest, painted, sizeOf, WHOLE, written, type Cut } from '../../data/picture.ts';
import { useSpeech } from '../device-state.tsx';

type CropProps = { picture: ImageBitmap; onDone: (file: Blob) => void; onCancel: () => void };
const EDGES = ['top', 'bottom', 'left', 'right'] as const;
const FINE = 100;

/** The photograph before it is kept: she pulls the edges to the paper, with a finger or with the keys. */
export function Crop({ picture, onDone, onCancel }: CropProps) {
  const { say } = useSpeech();
  const [cut, setCut] = useState<Cut>(WHOLE);
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const take = () => {
    setBusy(true);
    written(picture, cut).then(onDone, (cause: unknown) => {
      setBusy(false);
      reportError(cause);
    });
  };
  return (
    <section class="box crop" aria-labelledby="crop-title" data-testid="crop">
      <h3 id="crop-title" tabIndex={-1} ref={heading}>{say('papers.crop')}</h3>
      <p class="note">{say('papers.cropHelp')}</p>
      <Frame picture={picture} cut={cut} onCut={setCut} />
      <div class="crop-edges">
        {EDGES.map((edge) => (
          <label key={edge}>
            {say(`papers.edge.${edge}`)}
            <input
              type="range" min={0} max={FINE} value={Math.round((edge === 'top' || edge === 'left' ? cut[edge] : 1 - cut[edge]) * FINE)}
              onInput={({ currentTarget }) => {
                const part = Number(currentTarget.value) / FINE;
                setCut(moved(cut, edge, edge === 'top' || edge === 'left' ? part : 1 - part));
              }}
            />
          </label>
        ))}
      </div>
      {isTooSmall(sizeOf(picture.width, picture.height, cut)) && <p class="alert" data-kind="note" role="status">{say('papers.small')}</p>}
      <button type="button" class="button" disabled={busy} onClick={take}>{say('papers.use')}</button>
      <button type="button" class="button" data-kind="quiet" onClick={onCancel}>{say('papers.again')}</button>
    </section>
  );
}

/** The whole picture with what is cut off in shade; the edge nearest to the finger follows it. */
function Frame({ picture, cut, onCut }: { picture: ImageBitmap; cut: Cut; onCut: (cut: Cut) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef<(keyof Cut)[]>([]);
  useEffect(() => {
    if (canvas.current) drawn(picture, cut, canvas.current);
  }, [picture, cut]);
  const place = (event: PointerEvent): { x: number; y: number } => {
    const { left, top, width, height } = (event.currentTarget as HTMLCanvasElement).getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };
  const pull = (event: PointerEvent) => {
    const { x, y } = place(event);
    onCut(held.current.reduce((all, edge) => moved(all, edge, edge === 'left' || edge === 'right' ? x : y), cut));
  };
  return (
    <canvas
      ref={canvas} class="crop-frame" aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const { x, y } = place(event);
        held.current = nearest(cut, x, y);
        pull(event);
      }}
      onPointerMove={(event) => held.current.length > 0 && pull(event)}
      onPointerUp={() => void (held.current = [])}
      onPointerCancel={() => void (held.current = [])}
    />
  );
}

function drawn(picture: ImageBitmap, cut: Cut, canvas: HTMLCanvasElement): void {
  painted(picture, WHOLE, canvas, 0.5);
  const brush = canvas.getContext('2d');
  if (!brush) return;
  const { width, height } = canvas;
  const [left, top, right, bottom] = [cut.left * width, cut.top * height, cut.right * width, cut.bottom * height];
  brush.fillStyle = 'rgba(0, 0, 0, .6)';
  brush.fillRect(0, 0, width, top);
  brush.fillRect(0, bottom, width, height - bottom);
  brush.fillRect(0, top, left, bottom - top);
  brush.fillRect(right, top, width - right, bottom - top);
  brush.strokeStyle = '#fff';
  brush.lineWidth = Math.max(4, width / 120);
  brush.strokeRect(left, top, right - left, bottom - top);
}
