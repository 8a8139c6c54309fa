/** As it is dialled; null: it is no number. */
export function dialled(phone: string): string | null {
  const digits = phone.normalize('NFKC').replace(/[\s()‐-―ー−-]/g, '');
  return /^\+?\d{3,15}$/.test(digits) ? digits : null;
}
