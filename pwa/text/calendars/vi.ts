import type { Texts } from './easy.ts';

export const texts: Texts = {

  'calendars.title': 'Đưa vào lịch',
  'calendars.lead': 'Xem hạn chót, ngày trả tiền và đặt chỗ trong lịch trên điện thoại.',
  'calendars.family': 'Cả gia đình',
  'calendars.none': 'Chưa có',
  'calendars.make': 'Tạo địa chỉ',
  'calendars.again': 'Tạo địa chỉ mới',
  'calendars.end': 'Ngừng',
  'calendars.full': 'Hiện tên thủ tục trong lịch',
  'calendars.fullNote': 'Nếu không chọn, lịch chỉ ghi “Thủ tục của quận”. Đừng chọn nếu người khác xem lịch của bạn.',
  'calendars.made': 'Đã có địa chỉ. Chỉ hiện lần này.',
  'calendars.address': 'Địa chỉ lịch',
  'calendars.copy': 'Sao chép',
  'calendars.copied': 'Đã sao chép.',
  'calendars.open': 'Mở bằng ứng dụng lịch',
  'calendars.secret': 'Ai có địa chỉ này đều xem được các ngày. Đừng đưa cho người khác.',
  'calendars.ended': 'Đã ngừng. Địa chỉ không dùng được nữa.',
  'calendars.since': 'tạo lúc {time}',
  'calendars.read': 'đọc lần cuối {time}',
  'calendars.unread': 'chưa được đọc',
  'calendars.discreet': 'chỉ ghi “Thủ tục của quận”',
  'calendars.named': 'hiện tên thủ tục',
  'calendars.item': 'Thêm ngày này vào lịch',
  'calendars.offline': 'Không có mạng nên chưa đổi được.',
  'calendars.failed': 'Không được. Hãy thử lại sau.',
};
