//! Given and family names of several origins, as they are written, the usual ones first. They are put together at random;
//! nobody is meant.

use super::random::Random;

/// Names that go together.
pub(super) struct Origin {
    /// How many families of a hundred.
    share: usize,
    given: &'static str,
    family: &'static str,
    /// Spellings of one name, all usual.
    pub(super) variants: &'static [&'static [&'static str]],
}

impl Origin {
    /// Given names, now and then two.
    pub(super) fn given(&self, random: &mut Random) -> String {
        let all: Vec<&str> = self.given.split(' ').collect();
        let first = *random.lean(&all);
        let second = *random.lean(&all);
        if random.chance(25) && first != second { format!("{first} {second}") } else { first.to_owned() }
    }

    /// A family name, now and then two with a hyphen.
    pub(super) fn family(&self, random: &mut Random) -> String {
        let all: Vec<String> = self.family.split(' ').map(|name| name.replace('_', " ")).collect();
        let first = random.lean(&all).clone();
        let second = random.lean(&all);
        if random.chance(6) && first != *second { format!("{first}-{second}") } else { first }
    }
}

pub(super) fn origin(random: &mut Random) -> &'static Origin {
    let mut left = random.below(100);
    for origin in ORIGINS {
        if left < origin.share {
            return origin;
        }
        left -= origin.share;
    }
    &ORIGINS[0]
}

const ORIGINS: &[Origin] = &[
    // English.
    Origin {
        share: 52,
        given: "Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy Sienna Poppy \
                Elsie Emily Ella Evelyn Phoebe Evie Charlotte Harper Millie Matilda Maya Sophie Alice Emilia Isabelle \
                Ruby Luna Maisie Aria Penelope Mila Bonnie Eva Hallie Eliza Ada Violet Esme Arabella Imogen Orla Jessica \
                Chloe Lottie Zara Robyn Eleanor Hannah Molly Summer Lucy Beatrice Georgia Katherine Rebecca Abigail \
                Noah George Oliver Arthur Leo Harry Oscar Archie Henry Theodore Freddie Jack Charlie Theo Alfie Jacob \
                Thomas Finley Arlo William Lucas Roman Tommy Isaac Teddy Alexander Luca Edward James Joshua Albie Elijah \
                Max Reuben Mason Sebastian Hugo Louie Benjamin Ethan Daniel Samuel Jude Logan Adam Jake Dylan Rory \
                Stanley Frederick Ralph Toby Nathaniel Matthew Jasper Kieran Callum Aaron Connor Liam Ryan Luke Nathan",
        family: "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White \
                 Roberts Green Hall Wood Jackson Clarke Clark Harrison Scott Cooper Ward Turner Hill Moore Morris Allen \
                 Lee King Baker Harris Carter Watson Edwards Hughes Parker Cook Bennett Cox Richardson Shaw Gray Marshall \
                 Simpson Collins Bell Murphy Kelly Ellis Wilkinson Mitchell Webb Mason Palmer Hunt Foster Holmes Rogers \
                 Stevens Knight Butler Barker Fisher Pearson Atkinson Dixon Fletcher Booth Chapman Ellwood Gibson Hart \
                 Ackroyd Armitage Barraclough Bairstow Broadbent Crossley Dyson Earnshaw Firth Greenwood Hartley Haigh \
                 Hirst Illingworth Kershaw Lister Lockwood Metcalfe Naylor Oldroyd Pickles Priestley Rhodes Sugden \
                 Sutcliffe Sykes Thackray Umpleby Varley Wadsworth Whitaker Womersley Yeadon Hodgson Nicholson Stephenson \
                 Robertson Henderson Patterson Fitzgerald MacDonald McCarthy O'Neill O'Connor D'Arcy",
        variants: &[
            &["Katherine", "Catherine", "Kathryn"],
            &["Sophie", "Sofie"],
            &["Isabelle", "Isobel", "Isabel"],
            &["Rebecca", "Rebekah"],
            &["Matthew", "Mathew"],
            &["Connor", "Conor"],
            &["Aaron", "Arron"],
            &["Abigail", "Abigale"],
        ],
    },
    // Pakistani.
    Origin {
        share: 14,
        given: "Muhammad Fatima Zainab Aisha Ibrahim Yusuf Maryam Ali Hamza Umar Khadija Bilal Zara Hassan Hussain Amina \
                Ayesha Abdullah Inaya Zoya Hania Mustafa Rayyan Sana Saad Taha Noor Iqra Haris Anaya Sumaiya Danyal \
                Ismail Musa Zakariya Hafsa Rabia Sadia Usman Imran Aqsa Eshal Adeel Faizan",
        family: "Khan Hussain Ahmed Ali Akhtar Begum Mahmood Iqbal Malik Shah Bibi Hussain Butt Mirza Rafiq Chaudhry Aslam \
                 Rehman Siddiqui Qureshi Ashraf Javed Nawaz Rashid Saleem Yousaf Zaman Bashir Anwar Sharif",
        variants: &[
            &["Muhammad", "Mohammed", "Mohammad", "Mohamed"],
            &["Aisha", "Ayesha", "Aysha"],
            &["Yusuf", "Yousuf", "Yousef"],
            &["Maryam", "Mariam", "Miriam"],
            &["Umar", "Omar"],
            &["Usman", "Osman"],
            &["Hussain", "Hussein", "Husain"],
        ],
    },
    // Polish.
    Origin {
        share: 8,
        given: "Zofia Hanna Julia Maja Zuzanna Oliwia Lena Alicja Aleksandra Antonina Małgorzata Łucja Wiktoria Natalia \
                Antoni Jakub Jan Szymon Aleksander Franciszek Filip Mikołaj Wojciech Kacper Adam Stanisław Łukasz \
                Michał Bartosz Błażej Krzysztof Paweł",
        family: "Nowak Kowalska Kowalski Wiśniewska Wiśniewski Wójcik Kowalczyk Kamińska Lewandowski Zielińska Szymański \
                 Woźniak Dąbrowska Kozłowski Jankowska Mazur Wojciechowska Kwiatkowski Krawczyk Kaczmarek Piotrowski \
                 Grabowska Zając Pawłowska Król Wróbel Wieczorek Jabłoński",
        variants: &[&["Zuzanna", "Susanna"], &["Aleksandra", "Alexandra"], &["Wiktoria", "Victoria"]],
    },
    // Romanian.
    Origin {
        share: 6,
        given: "Maria Ioana Andreea Ștefania Alexandra Sofia Daria Ana Elena Gabriela Țuța Mălina Andrei David Ștefan \
                Matei Alexandru Ionuț Mihai Cătălin Răzvan Gheorghe Luca Bogdan Cristian Vlad",
        family: "Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Constantin Marin Lazăr Florea \
                 Șerban Țăran Munteanu Bălan Neagu Dobre Ștefănescu Mureșan Vasile",
        variants: &[&["Ștefan", "Stephan"], &["Alexandra", "Aleksandra"]],
    },
    // Welsh and Irish.
    Origin {
        share: 7,
        given: "Siân Seren Cerys Carys Ffion Angharad Nia Mali Eleri Siobhán Niamh Aoife Róisín Caoimhe Orlaith Gwen Rhys \
                Dylan Osian Macsen Iestyn Ioan Harri Cai Seán Oisín Cillian Pádraig Tadhg Eoin Conor",
        family: "Jones Evans Davies Williams Ap_Rhys Ap_Dafydd Llewellyn Pryce Gwynne Bevan Vaughan Rees O’Brien O’Sullivan \
                 O’Reilly Byrne Ní_Bhriain Ó_Briain McDonagh McGuinness Doherty Gallagher Quinn Kavanagh Maguire Ward",
        variants: &[&["Siân", "Shan"], &["Cerys", "Kerys"], &["Niamh", "Neave"], &["Seán", "Shaun", "Shawn"]],
    },
    // West African.
    Origin {
        share: 5,
        given: "Chidi Adaeze Ngozi Oluwaseun Temitope Ayomide Ọlá Folasade Kwame Akua Kofi Abena Emmanuel Blessing Precious \
                Favour Chinedu Ifeoma Tobi Damilola Ebunoluwa Yaw Esi",
        family: "Okafor Adeyemi Okonkwo Adebayo Mensah Owusu Boateng Nwosu Eze Balogun Olawale Ogunleye Asante Appiah Osei \
                 Ibrahim Bello Uche Obi Akande",
        variants: &[&["Temitope", "Temi"], &["Oluwaseun", "Seun"]],
    },
    // Somali, Kurdish and Arabic.
    Origin {
        share: 4,
        given: "Mohamed Abdi Hodan Sahra Ayaan Fadumo Ahmed Layla Omar Rania Yasmin Karwan Shilan Rebin Dilan Idris Zahra \
                Nour Salma Karim Tariq",
        family: "Abdi Hassan Mohamud Warsame Ali Farah Al-Hashimi El-Sayed Al_Masri Rahman Aziz Karim Rasul Mahmoud Saleh \
                 Haddad Nasser",
        variants: &[
            &["Mohamed", "Mohammed", "Muhammad"],
            &["Layla", "Leila", "Laila"],
            &["Fadumo", "Fatuma"],
        ],
    },
    // Indian and Bangladeshi.
    Origin {
        share: 3,
        given: "Aarav Vihaan Diya Ananya Arjun Priya Ishaan Saanvi Rohan Kavya Jaspreet Harpreet Gurleen Simran Tanvir Nusrat \
                Rahim Sultana Karim Mitu",
        family: "Patel Singh Kaur Sharma Gill Sandhu Begum Miah Uddin Chowdhury Islam Rahman Das Desai Mehta Joshi",
        variants: &[&["Jaspreet", "Jasprit"], &["Saanvi", "Sanvi"]],
    },
    // Chinese and Vietnamese.
    Origin {
        share: 1,
        given: "Wei Li Mei Xin Yi Jun Hao Ming Linh Anh Minh Thảo",
        family: "Chen Wang Li Zhang Liu Wong Chan Nguyễn Trần Lê Phạm",
        variants: &[],
    },
];
