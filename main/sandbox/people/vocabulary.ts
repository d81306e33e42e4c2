/** Words that made-up companies, people and troubles are put together from. */

export const companyFirst = [
  'Harbor',
  'Blue Ridge',
  'Summit',
  'Lakeside',
  'Ironwood',
  'Cedar Creek',
  'Northgate',
  'Riverbend',
  'Golden Oak',
  'Stonebridge',
] as const
export const companySecond = [
  'Dental Group',
  'Legal Partners',
  'Manufacturing',
  'Builders',
  'Veterinary Clinic',
  'Credit Union',
  'Logistics',
  'Family Medicine',
  'Charter School',
  'Auto Parts',
  'Realty',
  'Accounting',
] as const

export const firstNames = [
  'Maria',
  'James',
  'Aisha',
  'Peter',
  'Linda',
  'Diego',
  'Hannah',
  'Omar',
  'Grace',
  'Victor',
  'Priya',
  'Thomas',
  'Elena',
  'Walter',
  'Zoë',
  'Samuel',
] as const
export const lastNames = [
  'Alvarez',
  'Becker',
  'Chen',
  'Dubois',
  'Evans',
  'Fischer',
  'Gupta',
  'Hughes',
  'Ito',
  'Johnson',
  'Kowalski',
  'Larsen',
  "O'Neil",
  'Petrov',
  'Quinn',
  'Rossi',
  'Schmidt',
  'Turner',
] as const
export const titles = [
  'Office Manager',
  'Controller',
  'Owner',
  'Operations Director',
  'Receptionist',
  'IT Coordinator',
  'Practice Manager',
  'Warehouse Lead',
] as const

export const places = [
  { city: 'Tampa', state: 'FL', zip: '33602', area: '813' },
  { city: 'Asheville', state: 'NC', zip: '28801', area: '828' },
  { city: 'Boise', state: 'ID', zip: '83702', area: '208' },
  { city: 'Madison', state: 'WI', zip: '53703', area: '608' },
  { city: 'Tucson', state: 'AZ', zip: '85701', area: '520' },
  { city: 'Albany', state: 'NY', zip: '12207', area: '518' },
] as const
export const streets = ['Main Street', 'Commerce Way', 'Oak Avenue', 'Industrial Parkway', 'Second Street'] as const

export const troubles = [
  [
    'Printer on the second floor is offline',
    'The big printer shows offline since this morning. Restarting it did not help.',
  ],
  ['Outlook asks for the password again and again', 'It started after the password change on Monday.'],
  ['VPN drops every few minutes', 'Working from home; the tunnel closes about every five minutes.'],
  ['New starter needs a laptop and mailbox', 'First day is next Monday. Please copy the rights of the last starter.'],
  ['Backup of the file server failed', 'Last night’s job ended with an error. See the attached report.'],
  ['Server room is too warm', 'The sensor says 29 °C.'],
  ['Shared drive is missing after update', 'Drive S: is gone on three workstations.'],
  ['Suspicious e-mail with invoice', 'Somebody clicked on it. Please check the workstation.'],
  ['Wi-Fi is slow in the meeting room', 'Video calls freeze there, elsewhere it is fine.'],
  ['License for the accounting software expires', 'The reminder says seven days.'],
] as const

export const deals = [
  'Firewall refresh',
  'Managed backup',
  'Office move',
  'Microsoft 365 migration',
  'Workstation replacement',
  'Security awareness training',
  'Phone system',
] as const
