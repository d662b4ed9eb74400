"""What every key of a briefing file means, as VS Code shows it and as `check` explains it."""

from __future__ import annotations

TITLES = {
    "Briefing": "Một cuộc họp, hội nghị hay báo cáo: nguồn và các mục trả lời",
    "Thesaurus": "Một lĩnh vực của từ điển: khái niệm và các cách nói",
    "QuestionFile": "Câu hỏi thử của một cuộc họp",
}

NUMBER = "Số viết kiểu Việt Nam: 97.052 (hàng nghìn) hoặc 39,7 (thập phân)."
PERIOD = (
    "Kỳ: 2023 (năm), 2023-Q2 (quý), 2023-H1 (nửa năm), 2023-9M (9 tháng), 2023-07 (tháng) hoặc 2023-07-05 (đến ngày)."
)
DATE = "Ngày viết năm-tháng-ngày: 2023-07-05."

_ENTRY = {
    "id": "Tên riêng của mục trong tệp này; giữ nguyên mãi vì nút bấm và nhật ký trỏ tới nó.",
    "subject": "Cụm danh từ ngắn nói mục này về cái gì, đúng cách cán bộ gọi: giá trị sản xuất công nghiệp.",
    "aliases": "Tên gọi khác, viết tắt của cùng chủ đề.",
    "statement": "Một hai câu trọn vẹn, viết bằng lời của mình.",
    "period": "Kỳ của mục; bỏ trống thì lấy kỳ của cuộc họp.",
    "also_periods": "Kỳ khác mà nguồn cũng cho phép hỏi mục này.",
    "place": "Nơi của mục; bỏ trống thì lấy nơi của cuộc họp.",
    "scope": "Điều thu hẹp chủ đề: giá so sánh 2010, khu vực FDI, trừ dầu khí.",
    "note": "Chỗ nguồn viết chưa rõ; người hỏi sẽ thấy.",
    "examples": "Câu hỏi trọn vẹn mà mục này phải trả lời được.",
    "topics": "Chủ đề để xếp mục trong /chude; chủ đề đầu là chính.",
    "review_by": "Ngày phải xem lại mục này.",
    "superseded_by": "Id của mục mới thay cho mục này.",
    "source": "Id của nguồn trong extra_sources, khi mục không lấy từ nguồn chính.",
}

_SOURCE = {
    "title": "Tên bài hay văn bản.",
    "publisher": "Nơi đăng: Cổng thông tin điện tử tỉnh, Báo Thái Nguyên.",
    "url": "Liên kết tới bài.",
    "author": "Người viết, nếu có ghi.",
    "published": "Ngày đăng.",
    "note": "Điều cần biết về nguồn này.",
}

# model name → key → meaning
MEANING: dict[str, dict[str, str]] = {
    "Briefing": {
        "slug": "Tên riêng của cuộc họp, trùng tên tệp: giao-ban-quy-2-2023.",
        "title": "Tên cuộc họp đầy đủ.",
        "kind": "Loại: giao ban, phiên họp, hội nghị, họp báo hay báo cáo thống kê.",
        "aliases": "Tên gọi khác của cuộc họp.",
        "organiser": "Cơ quan tổ chức: Tỉnh uỷ, UBND tỉnh, Cục Thống kê tỉnh.",
        "number": "Số thứ tự phiên họp.",
        "date": "Ngày họp; báo cáo thống kê không có cuộc họp thì bỏ.",
        "session": "Buổi: sáng, chiều hay tối.",
        "venue": "Địa điểm họp.",
        "period": "Kỳ trong tên cuộc họp: 2023-Q2.",
        "covers": "Các kỳ được báo cáo: 2023-H1.",
        "looks_ahead": "Các kỳ được bàn nhiệm vụ: 2023-Q3, 2023-H2.",
        "place": "Tỉnh, huyện hay xã của cuộc họp: Thái Nguyên.",
        "purpose": "Họp để làm gì.",
        "discussion": "Đại biểu trao đổi những gì.",
        "note": "Chỗ nguồn viết chưa rõ về cuộc họp.",
        "source": "Nguồn chính: bài hay văn bản mà các mục lấy từ đó.",
        "extra_sources": "Nguồn thêm về cùng cuộc họp hay kỳ; mục dùng nguồn nào thì ghi source là id nguồn đó.",
        "people": "Những người có tên, kèm mọi chức vụ nguồn ghi.",
        "groups": "Thành phần tham dự không nêu tên.",
        "facts": "Kết quả, số liệu được báo cáo.",
        "difficulties": "Khó khăn, hạn chế được nêu.",
        "directives": "Chỉ đạo, yêu cầu, giao việc.",
    },
    "Source": _SOURCE,
    "ExtraSource": {**_SOURCE, "id": "Tên riêng của nguồn trong tệp này."},
    "Fact": {
        **_ENTRY,
        "figures": "Các con số của mục: giá trị, % kế hoạch, tăng giảm, tỷ lệ, thứ hạng.",
        "part_of": "Id của số liệu rộng hơn mà mục này là một phần.",
    },
    "Difficulty": _ENTRY,
    "Directive": {**_ENTRY, "by": "Id của người chỉ đạo, trong people.", "to": "Chỉ đạo cho ai."},
    "Figure": {
        "aspect": "Con số nói gì: value (giá trị), plan_share (% kế hoạch), plan (kế hoạch), change (tăng giảm), "
        "share (tỷ lệ trong tổng số), rank (thứ hạng).",
        "number": "Con số; giảm thì viết số âm.",
        "unit": "Đơn vị: tỷ đồng, %, xã, đảng viên.",
        "qualifier": "Mức chính xác đúng như nguồn: trên, gần, ước…",
        "of": "Tổng số (108 trên 126 xã) hoặc số đơn vị được xếp hạng (thứ 6 trên 34).",
        "against": "So với gì: cùng kỳ năm 2022, kế hoạch Trung ương giao.",
        "note": "Chỗ nguồn viết chưa rõ về con số này.",
    },
    "Person": {
        "id": "Tên riêng của người trong tệp này.",
        "name": "Họ và tên.",
        "titles": "Mọi chức vụ nguồn ghi, chức vụ chính trước.",
        "roles": "Vai trong cuộc họp: chair (chủ trì), speaker (phát biểu), director (chỉ đạo), reporter (báo cáo), "
        "concluder (kết luận), attendee (dự).",
        "spoke": "Đã phát biểu gì, hoặc nguồn không thuật lại.",
    },
    "Group": {
        "id": "Tên riêng của nhóm trong tệp này.",
        "name": "Tên thành phần: đại diện các sở, ngành.",
        "aliases": "Tên gọi khác.",
        "count": "Số lượng, nếu nguồn ghi.",
        "unit": "Đơn vị của số lượng: cơ quan, đảng bộ.",
    },
    "Thesaurus": {"domain": "Lĩnh vực của tệp.", "concepts": "Các khái niệm."},
    "Concept": {
        "id": "Tên riêng của khái niệm: giai_ngan.",
        "label": "Tên để người đọc hiểu.",
        "kind": "Loại khái niệm.",
        "phrasings": "Các cách nói.",
        "english": "Cách nói tiếng Anh.",
        "implies": "Khái niệm rộng hơn hoặc thành phần của nó.",
        "contrasts": "Khái niệm không được lẫn với nó.",
        "asks": "Hỏi điều gì, khi là cách hỏi.",
        "note": "Ghi chú cho người biên tập.",
    },
    "QuestionFile": {"briefing": "Slug của cuộc họp.", "questions": "Các câu hỏi thử."},
    "ExpectedAnswer": {
        "ask": "Câu hỏi.",
        "expect": "Id các mục phải trả lời; để [] khi câu này phải không có số liệu.",
        "note": "Vì sao.",
    },
}
