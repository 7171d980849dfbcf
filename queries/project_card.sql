-- question: 一个项目的基本情况、状态和亮灯是什么?
-- row: the project; no row when there is none of this number
-- params:
--   $as_of DATE = today · 状态日期
--   $project VARCHAR · 项目编号
-- columns:
--   project_id VARCHAR · 项目编号;无编号时由名称和县区/园区确定
--   project_code VARCHAR · 投资项目在线审批监管平台代码
--   project_name VARCHAR · 项目名称
--   region VARCHAR · 所在县区或园区
--   region_kind VARCHAR · 县区、园区或市直;未填时由名称判定
--   district VARCHAR · 包保片区
--   industry VARCHAR · 所属行业
--   category VARCHAR · 产业、基础设施、民生等
--   level VARCHAR · 省重点、省百大、市重点等
--   kind VARCHAR · 新建、续建或前期
--   project_type VARCHAR · 备案、核准或审批
--   status VARCHAR · 未开工、已开工、已复工、停工、已竣工、已投产;有日期时以日期为准
--   campaign VARCHAR · 百日攻坚、集中开工等
--   campaign_target_date DATE · 专项行动要求的开工日期
--   content VARCHAR · 建设规模和内容
--   total_investment_yuan BIGINT · 总投资,元
--   annual_plan_yuan BIGINT · 本年度计划投资,元
--   invested_this_year_yuan BIGINT · 本年已完成投资,元
--   invested_total_yuan BIGINT · 开工以来累计完成投资,元
--   funds_received_yuan BIGINT · 已到位资金,元
--   contacted_date DATE · 开始对接洽谈的日期
--   contacted_date_text VARCHAR · 对接/洽谈的原文
--   signed_date DATE · 签约日期
--   signed_date_text VARCHAR · 签约日期的原文
--   planned_start DATE · 计划开工日期
--   planned_start_text VARCHAR · 计划开工的原文
--   actual_start DATE · 实际开工或复工日期
--   actual_start_text VARCHAR · 实际开工的原文
--   first_start DATE · 重复申报开工时首次报的日期,以它为准;没有重复申报为 null
--   resumed_date DATE · 续建项目本年复工日期
--   planned_finish DATE · 计划竣工日期
--   planned_finish_text VARCHAR · 计划竣工的原文
--   actual_finish DATE · 实际竣工日期
--   actual_finish_text VARCHAR · 实际竣工的原文
--   planned_production DATE · 计划投产日期
--   planned_production_text VARCHAR · 计划投产的原文
--   actual_production DATE · 实际投产日期
--   actual_production_text VARCHAR · 实际投产的原文
--   stopped_from DATE · 批准停工的第一天
--   stopped_until DATE · 批准停工的最后一天;空为仍停
--   listed_date DATE · 纳入统计库日期
--   leaders VARCHAR[] · 包保领导,第一位负总责
--   accountable_leader VARCHAR · 负总责的一位领导;由包保领导第一位确定
--   chief_officer VARCHAR · 首席服务员
--   promoter VARCHAR · 项目服务员或推进专员
--   responsible_unit VARCHAR · 责任单位
--   owner VARCHAR · 企业或业主
--   contact VARCHAR · 联系人及电话
--   green_channel BOOLEAN · 是否走绿色通道
--   video_url VARCHAR · 现场视频地址
--   photo VARCHAR · 最新现场照片文件名
--   goal_text VARCHAR · 年度目标或形象进度目标
--   progress_text VARCHAR · 目前进展
--   note VARCHAR · 备注
--   light VARCHAR · 亮灯
--   light_node VARCHAR · 造成亮灯的节点
--   light_due_date DATE · 该节点的应办结日
--   light_due_basis VARCHAR · 应办结日的依据
--   workdays_left INTEGER · 该节点剩余工作日;负数为逾期
--   kind_class VARCHAR · 新建、续建或前期,由建设性质判定
--   current_node VARCHAR · 当前节点
--   procedures_due BIGINT · 应办手续,项
--   procedures_done BIGINT · 办结手续,项
--   problems_raised BIGINT · 问题,个
--   problems_closed BIGINT · 已销号问题,个
--   needs_open BIGINT · 未解决需求,项
--   target_date DATE · 倒排的目标日
--   target_basis VARCHAR · 目标日的来历
--   forecast_finish DATE · 预计完成日
select
    p.project_id, project_code, p.project_name, p.region, p.region_kind, p.district, p.industry, category, p.level,
    p.kind, project_type, status, p.campaign, p.campaign_target_date, content, p.total_investment_yuan,
    p.annual_plan_yuan, p.invested_this_year_yuan, p.invested_total_yuan, p.funds_received_yuan,
    contacted_date, contacted_date_text, signed_date, signed_date_text, p.planned_start, planned_start_text,
    p.actual_start, actual_start_text, first_start, resumed_date, p.planned_finish, planned_finish_text,
    p.actual_finish, actual_finish_text, p.planned_production, planned_production_text, p.actual_production,
    actual_production_text, stopped_from, stopped_until, listed_date, p.leaders, p.accountable_leader,
    p.chief_officer, p.promoter, p.responsible_unit, p.owner, contact, green_channel, video_url, photo, goal_text,
    progress_text, note, light, light_node, light_due_date, light_due_basis, workdays_left, kind_class,
    current_node, procedures_due, procedures_done, problems_raised, problems_closed, needs_open, target_date,
    target_basis, forecast_finish
from projects as p
inner join project_measure as measure on measure.project_id = $project
where p.project_id = $project
