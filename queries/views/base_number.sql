-- question: 开复工率的口径排第几?
-- row: a number from 1; null for a rate that has one base only
create macro base_number(base_choice) as
list_position(['annual', 'annual_without_preliminary', 'due', 'promised'], base_choice)
