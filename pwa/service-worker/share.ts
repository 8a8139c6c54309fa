import { receive } from '../device/shared.ts';

/** More than may wait, so that she is told of those that were left. */
const LOOKED_AT = 12;

/** What was shared from another app is laid down here, whatever the network does, and the app is opened where it asks
 * what shall become of it (Web Share Target). Nothing goes to the server. */
export async function onShare(request: Request): Promise<Response> {
  try {
    const form = await request.formData();
    const files = form.getAll('files').filter((one) => one instanceof File && one.size > 0) as File[];
    const told = ['title', 'text', 'url'].map((name) => form.get(name)).filter((one) => typeof one === 'string' && one !== '');
    await receive(files.slice(0, LOOKED_AT), [...new Set(told)].join('\n'));
    return Response.redirect('/shared', 303);
  } catch {
    return Response.redirect('/shared?missed', 303);
  }
}
