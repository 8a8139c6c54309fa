/** `node measure.mjs ORIGIN COUNT`: phones as JSON on standard input; messages a processor second by npm web-push. */
import { text } from 'node:stream/consumers';
import webPush from 'web-push';

const [origin, count] = process.argv.slice(2);
const { phones, keys, payload } = JSON.parse(await text(process.stdin));
const AT_ONCE = 50;
const options = { vapidDetails: { subject: 'mailto:load@kurashimado.example', ...keys }, TTL: 600, urgency: 'high', topic: 'abcdefghijklmnopqrstuv' };

let next = 0;
let taken = 0;
async function one(most) {
  while (next < most) {
    const number = next++;
    const subscription = { endpoint: `${origin}/push/v2/token${number}`, keys: phones[number % phones.length] };
    const { statusCode } = await webPush.sendNotification(subscription, payload, options);
    taken += Number(statusCode === 201);
  }
}
const all = (most) => Promise.all(Array.from({ length: AT_ONCE }, () => one(most)));
await all(200);
[next, taken] = [0, 0];
const before = process.cpuUsage();
await all(Number(count));
const { user, system } = process.cpuUsage(before);
if (taken !== Number(count)) throw new Error(`${taken} of ${count} were taken`);
console.log(taken / ((user + system) / 1e6));
