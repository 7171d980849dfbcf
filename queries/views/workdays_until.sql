-- question: 到应办结日还有几个工作日?
-- row: a number; 0 on the due day, negative the workdays overdue, null without a due day
-- Takes calendar.workday_index of the due day, and of today workday_index and next_index. A due day on a free
-- day counts as the working day before, so on the Saturday after a Friday it is -1.
create macro workdays_until(due_index, today_index, next_today_index) as
if(next_today_index <= due_index, due_index - today_index, due_index - next_today_index)
